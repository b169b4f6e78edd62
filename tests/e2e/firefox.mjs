// Plays scenarios in Firefox, or follows links, over WebDriver BiDi: a question of the tests as JSON in, what was seen as JSON out.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

// a machine that is busy starts a browser slowly
const PATIENCE = 180_000;
const { program, address, sizes, walk, asked, read, way = [] } = JSON.parse(readFileSync(0, "utf-8"));
const browser = await puppeteer.launch({
  browser: "firefox", executablePath: program, headless: true, timeout: PATIENCE, protocolTimeout: PATIENCE,
  // scenarios are played faster than by hand
  extraPrefsFirefox: { "dom.navigation.navigationRateLimit.count": 0 },
});
try {
  const page = await browser.newPage();
  const complaints = [], found = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  if (way.length) await page.setViewport({ width: 390, height: 844 });
  await page.goto(address);
  for (const link of way) {
    found.push([page.url(), await page.evaluate(`(${read})(${JSON.stringify(link)})`)]);
    await Promise.all([page.waitForNavigation(), page.click(link)]);
  }
  if (asked) await page.waitForSelector("[data-fourps='scenario'][data-ready]");
  for (const [width, height] of sizes || []) {
    await page.setViewport({ width, height });
    for (const part of asked) found.push(...(await page.evaluate(`(${walk})(${JSON.stringify(part)})`)));
  }
  const left = page.waitForNavigation();
  await page.click("[data-fourps-exit]");
  await left;
  const kept = await page.evaluate("JSON.stringify([localStorage.length, Object.keys(sessionStorage)])");
  console.log(JSON.stringify({ found, complaints, left: page.url(), kept }));
} finally {
  await browser.close();
}
