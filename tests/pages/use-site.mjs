// The reference site in use: it searches, opens folds, filters, copies, marks changes, and works without its script.

// Returns what does not work.
export async function use(browser, site) {
  const failed = [];
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => message.type() === "error" && failed.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => failed.push(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith("file:") || failed.push(`request: ${request.url()}`));
  const check = async (what, test) => {
    try {
      if (!(await test())) failed.push(what);
    } catch (error) {
      failed.push(`${what}: ${error.message}`);
    }
  };
  const open = (path) => page.goto(`${site}/${path}`, { waitUntil: "load" });
  const pay = "ams_instore/operations/pay_entry_code.html";
  const search = async (words) => {
    await page.keyboard.press("/");
    await page.keyboard.type(words);
    await page.waitForSelector("#found li .what");
  };
  await check("a field is found and opened by keyboard", async () => {
    await open(pay);
    await search("refundRequestId");
    const names = await page.$$eval("#found .what", (all) => all.map((one) => one.textContent));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    return names.length > 1 && page.url().endsWith("#request/refundRequestId");
  });
  await check("a code is found", async () => {
    await open("index.html");
    await search("CANCEL_WINDOW");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    return page.url().endsWith("ams_instore/codes.html#code/CANCEL_WINDOW_EXCEED");
  });
  await check("what is not there is not found", async () => {
    await open("index.html");
    await page.focus("#search");
    await page.keyboard.type("zzzzzz");
    await page.waitForFunction(() => document.getElementById("found").textContent.includes("Nothing found"));
    await page.keyboard.press("Escape");
    return page.$eval("#found", (list) => list.hidden);
  });
  await check("a link opens what it leads into", async () => {
    await open("index.html");
    await open(`${pay}#request/order/env/osType`);
    const top = await page.evaluate(() => document.getElementById("request/order/env/osType").getBoundingClientRect().toJSON());
    return top.height > 0 && top.top >= 0 && top.top < 900;
  });
  await check("a link inside of the page opens folds, too", async () => {
    await open(pay);
    await page.evaluate(() => (location.hash = "#request/order/merchant/store"));
    await page.waitForFunction(() => document.getElementById("request/order/merchant/store").checkVisibility());
    return true;
  });
  await check("codes are filtered by step", async () => {
    await open(pay);
    await page.select(".filter select", "fix_request");
    const steps = await page.$$eval("table.codes tr[data-step]:not([hidden])", (all) => all.map((one) => one.dataset.step));
    return steps.length > 0 && steps.every((step) => step === "fix_request");
  });
  await check("a sample is copied or selected", async () => {
    await open(pay);
    await page.click(".copy");
    await page.waitForFunction(() => ["Copied", "Selected"].includes(document.querySelector(".copy").textContent));
    return true;
  });
  await check("a change is marked at its field", async () => {
    await open("changes.html");
    const link = await page.$eval("ul.places a[href*='#request/']", (one) => one.href);
    await page.goto(link, { waitUntil: "load" });
    const id = decodeURIComponent(new URL(link).hash.slice(1));
    return page.evaluate((id) => document.getElementById(id).querySelector(".change") !== null, id);
  });
  await check("a state of a diagram leads to its text", async () => {
    await open("ams_instore/flows/payment_refund.html");
    const links = await page.$$eval("svg a", (all) => all.map((one) => one.getAttribute("href").slice(1)));
    return links.length > 2 && page.evaluate((ids) => ids.every((id) => document.getElementById(id)), links);
  });
  await check("paper has no folds, and no search", async () => {
    await open(pay);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMediaType("print");
    const [folded, top] = await page.evaluate(() => [
      document.querySelectorAll("details:not([open])").length,
      document.querySelector(".top").checkVisibility(),
    ]);
    await page.emulateMediaType("screen");
    return folded === 0 && !top;
  });
  await check("it works without the script", async () => {
    await page.setJavaScriptEnabled(false);
    await open(pay);
    const shown = await page.$eval(".search", (one) => one.hidden);
    return shown && (await page.$$(".field")).length > 50;
  });
  await page.close();
  return failed.map((what) => `reference site in use: not so: ${what}`);
}
