// Opens each page in Chromium and lists what is wrong with it. Exits with 1 if anything is.
// Usage: node check.mjs PAYSPEC ROOT FOLDER
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";
import { follow } from "./follow.mjs";
import { Pages, traffic } from "./make.mjs";
import { use } from "./use-site.mjs";

const [payspec, root, folder] = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"];
// A page of each kind of the reference site.
const SITE = [
  "index.html",
  "changes.html",
  "ams_instore/index.html",
  "ams_instore/codes.html",
  "ams_instore/sources.html",
  "ams_instore/operations/pay_entry_code.html",
  "ams_instore/operations/refund.html",
  "ams_instore/operations/notify_payment.html",
  "ams_instore/types/Order.html",
  "ams_instore/types/TerminalType.html",
  "ams_instore/flows/payment_refund.html",
];
const GRAVE = ["serious", "critical"];

const found = [];
const counts = {};
let views = 0;

async function look(browser, name, url, width, scheme) {
  const report = (what) => found.push(`${name} at ${width} px, ${scheme}: ${what}`);
  const page = await browser.newPage();
  // The pages forbid scripts that are not theirs, and axe is one.
  await page.setBypassCSP(true);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", (message) => message.type() === "error" && report(`console: ${message.text()}`));
  page.on("pageerror", (error) => report(`script: ${error.message}`));
  await page.goto(url, { waitUntil: "domcontentloaded" });
  // What is folded is looked at as well.
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (wide > seen) report(`scrolls sideways: ${wide} px`);
  await page.evaluate(AXE);
  // A page on a disk may not fetch its style again; the browser has applied it already.
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], preload: false }));
  for (const { id, impact, help, nodes } of violations) {
    counts[impact] = (counts[impact] ?? 0) + nodes.length;
    const first = nodes[0];
    const line = `${impact} ${id}, ${nodes.length} times: ${help}: ${first.target.join(" ")}`;
    if (GRAVE.includes(impact)) report(`${line}: ${first.failureSummary.replace(/\s+/g, " ")}`);
    else console.log(`${name} at ${width} px, ${scheme}: ${line}`);
  }
  views += 1;
  await page.close();
}

const pages = new Pages(payspec, root, folder);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  // Only pages of our own are opened; root, as in a container, has no sandbox.
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const gateway = await pages.gateway();
  await traffic(gateway);
  const all = {
    "status page": gateway.url,
    "empty status page": (await pages.gateway()).url,
    review: pages.review(),
    "coverage with open lines": pages.coverage("f3-en-cancel.md"),
    "coverage of a Chinese page": pages.coverage("html-zh-cancel.html"),
    diagrams: pages.diagrams(),
  };
  const site = pages.site();
  for (const page of SITE) all[`site: ${page}`] = `${site}/${page}`;
  for (const [name, url] of Object.entries(all))
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) await look(browser, name, url, width, scheme);
  found.push(...(await follow(browser, gateway)));
  found.push(...(await use(browser, site)));
} finally {
  await browser.close();
  pages.stop();
}
for (const line of found) console.log(line);
const list = Object.entries(counts).map(([impact, count]) => `${count} ${impact}`);
console.log(`${views} views; axe: ${list.join(", ") || "nothing"}; ${found.length} to mend`);
process.exitCode = found.length === 0 ? 0 : 1;
