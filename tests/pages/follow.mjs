// The status page in use: it follows, filters, pauses and unfolds by keyboard, and works without its script.
import { traffic } from "./make.mjs";

const LINES = ".exchange:not([hidden])";
// The exchanges that `traffic` makes.
const ROUND = 8;

// Returns what does not work.
export async function follow(browser, gateway) {
  const failed = [];
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const lines = () => page.$$eval(LINES, (all) => all.length);
  const keys = () => page.$$eval(`${LINES} .key`, (all) => [...new Set(all.map((one) => one.textContent))]);
  const check = async (what, test) => {
    try {
      if (!(await test())) failed.push(what);
    } catch (error) {
      failed.push(`${what}: ${error.message}`);
    }
  };
  const become = (count) => page.waitForFunction(
    (selector, count) => document.querySelectorAll(selector).length === count, {}, LINES, count);
  await page.goto(gateway.url, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document.getElementById("state").textContent.startsWith("Following"));
  const before = await lines();
  await check("new exchanges appear", async () => {
    await traffic(gateway, "live");
    return become(before + ROUND);
  });
  await check("hostile text stays text", async () => (await page.$$(".exchange b, .exchange script")).length === 0);
  await check("a key finds the exchanges of its payment", async () => {
    await page.type("#key", "LIVE-paid");
    await become(3);
    return (await keys()).join() === "live-paid" && page.url().endsWith("?key=LIVE-paid");
  });
  await check("the filter holds for new exchanges", async () => {
    await traffic(gateway, "other");
    await page.waitForFunction((total) => document.getElementById("total").textContent === total, {},
      String(before + 2 * ROUND));
    return (await lines()) === 3;
  });
  await check("a line unfolds by keyboard, and its focus is visible", async () => {
    await page.focus(`${LINES} summary`);
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    await page.keyboard.press("Enter");
    return outline === "solid" && (await page.$$(`${LINES} details[open]`)).length === 1;
  });
  await check("all are shown again", async () => {
    await page.click("#all");
    return become(before + 2 * ROUND);
  });
  await check("failures alone", async () => {
    await page.click("#failures");
    const succeeded = await page.$$eval(`${LINES} .badge.good`, (all) => all.length);
    return succeeded === 0 && (await lines()) > 0;
  });
  await check("a paused page waits", async () => {
    await page.click("#failures");
    await page.click("#pause");
    await traffic(gateway, "paused");
    await page.waitForFunction((count) => document.getElementById("state").textContent.includes(`${count} new`), {},
      ROUND);
    const paused = (await lines()) === before + 2 * ROUND;
    await page.click("#pause");
    await become(before + 3 * ROUND);
    return paused;
  });
  await check("it works without the script", async () => {
    await page.setJavaScriptEnabled(false);
    await page.goto(`${gateway.url}/?key=live-paid`, { waitUntil: "domcontentloaded" });
    return (await lines()) === 3 && (await page.$("#reload")) !== null;
  });
  await page.close();
  return failed.map((what) => `status page in use: not so: ${what}`);
}
