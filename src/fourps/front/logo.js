// A picture of the host's, made small enough to be carried as data.

const WIDTH = 240, HEIGHT = 96, MOST = 30_000;

/** @param {File} file @returns {Promise<string>} */
const dataOf = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = reject;
  reader.readAsDataURL(file);
});

/**
 * A small copy as a `data:` address. A drawing becomes dots, so that nothing in it can run; what is no picture is refused.
 * @param {File} file
 */
export async function smallLogo(file) {
  const picture = new Image();
  picture.src = await dataOf(file);
  await picture.decode();
  // a drawing may not say how large it is
  const width = picture.naturalWidth || WIDTH, height = picture.naturalHeight || HEIGHT;
  const canvas = document.createElement("canvas");
  for (let scale = Math.min(1, WIDTH / width, HEIGHT / height); scale * height >= 1; scale /= 2) {
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = ["image/png", "image/webp", "image/jpeg"].map((kind) => canvas.toDataURL(kind, 0.8)).find((data) => data.length <= MOST);
    if (small) return small;
  }
  throw new Error("no picture");
}
