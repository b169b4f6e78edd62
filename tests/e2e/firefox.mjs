// One Firefox, which plays scenarios, follows links, or gives files to the group page, over WebDriver BiDi: each line in is a question of the tests as JSON, and each line out what was seen.
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

// a machine that is busy starts a browser slowly
const PATIENCE = 180_000;
/** Leave, and say where that leads and what stays. */
async function leave(page) {
  const left = page.waitForNavigation();
  await page.click("[data-fourps-exit]");
  await left;
  const kept = await page.evaluate("JSON.stringify([localStorage.length, Object.keys(sessionStorage)])");
  return { left: page.url(), kept };
}

/** Do on a page what is asked, and say what was seen. */
async function answer(page, { address, way, sizes = way ? [[390, 844]] : [], walk, asked, read, looks = [], files, shown = "table" }) {
  const complaints = [], found = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  await page.goto(address);
  // pages of a folder too, and what a function finds there, of which the first may become a file for the pages after it
  for (const [place, look, given, file] of looks) {
    await page.goto(place);
    found.push(await page.evaluate(`(${look})(${JSON.stringify(given)})`));
    if (file) writeFileSync(file, found.at(-1)[0]);
  }
  if (looks.length) await page.goto(address);
  if (asked) await page.waitForSelector("[data-fourps='scenario'][data-ready]");
  for (const [width, height] of sizes) {
    await page.setViewport({ width, height });
    if (way) await page.goto(address);
    for (const link of way || []) {
      found.push([page.url(), await page.evaluate(`(${read})(${JSON.stringify(link)})`)]);
      await Promise.all([page.waitForNavigation(), page.click(link)]);
    }
    for (const part of asked || []) found.push(...(await page.evaluate(`(${walk})(${JSON.stringify(part)})`)));
  }
  if (!files) return { ...(await leave(page)), found, complaints };
  await (await page.$("#files")).uploadFile(...files);
  await page.waitForSelector(shown);
  const [text, tables] = await page.evaluate("[document.body.innerText, document.querySelectorAll('table').length]");
  return { text, tables, complaints };
}

const browser = await puppeteer.launch({
  browser: "firefox", executablePath: process.argv[2], headless: true, timeout: PATIENCE, protocolTimeout: PATIENCE,
  // scenarios are played faster than by hand
  extraPrefsFirefox: { "dom.navigation.navigationRateLimit.count": 0 },
});
try {
  for await (const line of createInterface({ input: process.stdin })) {
    // nothing that was kept for one question is there for the next
    const device = await browser.createBrowserContext();
    console.log(JSON.stringify(await answer(await device.newPage(), JSON.parse(line))));
    await device.close();
  }
} finally {
  await browser.close();
}
