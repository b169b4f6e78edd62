// Whether a page stands in a package, where a frame may forbid files, printing and new windows without a word.

export const onShelf = () => document.querySelector("meta[name=fourps-keeps]") !== null;
