// Makes the pages: a review, coverage reports, the diagrams, the reference site, and the mock gateway's status page with traffic.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

// Edits of the real spec that show every kind of section in a review.
const EDITS = [
  ["ams-instore/operations/refund.yaml", "max_length: 64", "max_length: 32"],
  ["ams-instore/flows/payment_refund.yaml", "refund.pending: repeating", "refund.pending: awaiting"],
  ["ams-instore/results.yaml", "resend: pointless", "resend: safe"],
];

export class Pages {
  constructor(payspec, root, folder) {
    Object.assign(this, { payspec, root, folder: join(folder, "made"), gateways: [] });
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  // Runs the command. Findings, exit code 1, are what most of the pages are about.
  run(...args) {
    const ran = spawnSync(this.payspec, args, { cwd: this.root, encoding: "utf8" });
    if (ran.status > 1 || ran.status === null) throw new Error(`payspec ${args.join(" ")}\n${ran.stderr}`);
  }

  file(name) {
    return join(this.folder, name);
  }

  url(name) {
    return `file://${this.file(name)}`;
  }

  review() {
    const edited = this.file("spec");
    cpSync(join(this.root, "spec"), edited, { recursive: true });
    for (const [file, from, to] of EDITS) {
      const text = readFileSync(join(edited, file), "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no \`${from}\``);
      writeFileSync(join(edited, file), text.replace(from, to));
    }
    this.run("diff", "spec", edited, "--witness", "--format", "html", "--out", this.file("review.html"));
    return this.url("review.html");
  }

  coverage(page) {
    const name = `coverage-${page.replace(/\W/g, "-")}.html`;
    const from = join("tests/fixtures/pages", page);
    this.run("drift", from, "--coverage", "--format", "html", "--out", this.file(name));
    return this.url(name);
  }

  // The reference site, with changes since the edited spec, which is committed for that. Returns its address.
  site() {
    const git = (...args) => {
      const ran = spawnSync("git", ["-c", "user.name=pages", "-c", "user.email=pages@example.com", ...args],
        { cwd: this.folder, encoding: "utf8" });
      if (ran.status !== 0) throw new Error(`git ${args.join(" ")}\n${ran.stderr}`);
    };
    const spec = this.file("spec");
    git("init", "--quiet");
    git("add", "spec");
    git("commit", "--quiet", "--message", "Old");
    rmSync(spec, { recursive: true });
    cpSync(join(this.root, "spec"), spec, { recursive: true });
    const generated = join(this.root, "generated");
    this.run("docs", "--spec", spec, "--package", generated, "--since", "HEAD", "--out", this.file("site"));
    return this.url("site");
  }

  // The diagrams as they stand in documentation: inside of a page.
  diagrams() {
    const folder = join(this.root, "generated/src/ams_instore");
    const drawn = readdirSync(folder).filter((name) => name.endsWith(".svg"));
    const inside = drawn.map((name) =>
      `<div style="overflow-x:auto" tabindex="0" role="group" aria-label="${name}">${readFileSync(join(folder, name), "utf8")}</div>`);
    const head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
      + '<meta name="viewport" content="width=device-width"><title>Diagrams</title>';
    writeFileSync(this.file("diagrams.html"), `${head}<main><h1>Diagrams</h1>${inside.join("")}</main></html>`);
    return this.url("diagrams.html");
  }

  // A running gateway of a small spec, which signs nothing, so that plain requests reach its operations.
  async gateway() {
    const spec = this.file(`shop-${this.gateways.length}`);
    this.run("init", "--spec-only", spec);
    const gateway = spawn(this.payspec, ["mock", "--spec", spec, "--port", "0", "--format", "json"],
      { cwd: this.root, stdio: ["ignore", "pipe", "ignore"] });
    this.gateways.push(gateway);
    for await (const line of createInterface({ input: gateway.stdout })) {
      const { listening } = JSON.parse(line);
      if (listening) {
        gateway.stdout.resume();
        return { url: listening, spec };
      }
    }
    throw new Error("the gateway does not listen");
  }

  stop() {
    for (const gateway of this.gateways) gateway.kill();
  }
}

// Orders as a shop places them: one paid, one asked for, one refused, one without an answer, one invalid.
export async function traffic({ url, spec }, prefix = "order") {
  const read = (name) => JSON.parse(readFileSync(join(spec, "shop/examples", name), "utf8"));
  const send = async (path, body, headers = {}) => {
    const request = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    // An answer that does not come is one of the things that a page shows.
    await fetch(url + path, { ...request, body: JSON.stringify(body) }).catch(() => {});
  };
  const order = read("place-order.request.json");
  const named = (id) => ({ ...order, requestId: `${prefix}-${id}` });
  await send("/api/v1/orders", named("paid"));
  await send("/api/v1/orders", named("paid"));
  await send("/api/v1/orders/find", { requestId: `${prefix}-paid` });
  await send("/api/v1/orders", named("sold-out"), { "payspec-result": "OUT_OF_STOCK" });
  await send("/api/v1/orders", named("unknown"), { "payspec-result": "UNKNOWN_EXCEPTION" });
  await send("/api/v1/orders", named("lost"), { "payspec-fault": "lose-answer" });
  await send("/api/v1/orders", { ...named("<b>bad</b>"), amount: undefined });
  await send("/nowhere", {});
}
