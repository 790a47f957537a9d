//! The example `shop` as a process that is killed, doubled and started again, as anyone could from outside.

use super::fate::Dice;
use super::gateway::Gateway;
use super::watch::Watch;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// How many orders are paid, each by a shop and a journal of its own.
const ORDERS: u32 = 16;
/// How often the shop of an order is killed before it is left alone.
const KILLS: u32 = 2;
/// A shop needs a little over 2 s for an order: the first inquiry is 2 s after the request.
const LONGEST_RUN: u64 = 2_800;

#[test]
fn a_shop_that_is_killed_and_doubled_pays_each_order_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let watch = Arc::new(Watch::default());
    let gateway = Gateway::start(folder.path(), &watch);
    let shop = build();
    let doubled = AtomicU32::new(0);
    thread::scope(|scope| {
        for number in 0..ORDERS {
            let till = Till {
                shop: &shop,
                folder: folder.path(),
                gateway: format!("http://{}", gateway.address()),
                id: format!("order-{number}"),
            };
            let doubled = &doubled;
            scope.spawn(move || till.pay(doubled));
        }
    });
    gateway.kill();
    assert_eq!(watch.faults(), Vec::<String>::new());
    let paid: BTreeSet<String> = (0..ORDERS)
        .map(|number| format!("order-{number}"))
        .collect();
    assert_eq!(watch.settled(), paid, "the gateway's books");
    // A lock that nobody meets is not tested.
    let doubled = doubled.into_inner();
    assert!(
        doubled >= ORDERS / 2,
        "{doubled} shops met a locked journal"
    );
}

/// Builds the example, and returns where it is. It is built with the whole workspace, whose dependencies are built
/// already: the example's package alone would need them once more, with other features.
fn build() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--workspace", "--example", "shop"])
        .arg("--message-format=json")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "the example builds");
    let messages = String::from_utf8(output.stdout).expect("UTF-8");
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut executables = messages.filter_map(|message: Json| {
        let is_shop = message["target"]["name"] == "shop";
        message["executable"]
            .as_str()
            .filter(|_| is_shop)
            .map(PathBuf::from)
    });
    executables.next().expect("the example is a program")
}

/// One order, with its journal.
struct Till<'a> {
    shop: &'a Path,
    folder: &'a Path,
    gateway: String,
    id: String,
}

impl Till<'_> {
    /// Starts shops until one is left alone and comes to its end.
    fn pay(&self, doubled: &AtomicU32) {
        let dice = Dice::new(11);
        let mut endings = Vec::new();
        for run in 0..KILLS {
            let mut first = self.start(run);
            thread::sleep(Duration::from_millis(dice.within(
                &self.id,
                run,
                LONGEST_RUN,
            )));
            let is_open = first.try_wait().expect("a process").is_none();
            // Whichever of the two is first has the journal.
            let second = self.start(run + 1);
            thread::sleep(Duration::from_millis(300));
            for child in [first, second] {
                let told = kill(child);
                let refused = told.iter().filter(|line| line["error"].is_string()).count();
                doubled.fetch_add(u32::try_from(refused).unwrap_or(0), Ordering::Relaxed);
                assert!(is_open || refused == 0, "{}: {told:?}", self.id);
                endings.extend(told);
            }
        }
        let last = self.start(KILLS).wait_with_output().expect("it ends");
        assert!(last.status.success(), "{}: {last:?}", self.id);
        endings.extend(lines(&last));
        endings.retain(|line| !line["error"].is_string());
        assert!(!endings.is_empty(), "{}: no ending was told", self.id);
        for ending in endings {
            assert_eq!(ending["id"], *self.id, "{ending}");
            assert_eq!(ending["ending"], "paid", "{ending}");
        }
    }

    fn start(&self, run: u32) -> Child {
        let mut command = Command::new(self.shop);
        command
            .args(["--gateway", &self.gateway, "--id", &self.id])
            .arg("--key")
            .arg(self.folder.join("client-private.pem"))
            .arg("--providers-key")
            .arg(self.folder.join("gateway-public.pem"))
            .arg("--journal")
            .arg(self.folder.join(format!("{}.journal", self.id)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // They block and do not, in turns: one goes on with what the other began.
        if run % 2 == 1 {
            command.arg("--async");
        }
        command.spawn().expect("the shop starts")
    }
}

/// Kills a shop: on Unix this is `kill -9`. Returns what it had told.
fn kill(mut child: Child) -> Vec<Json> {
    child.kill().expect("it is killed, or gone");
    lines(&child.wait_with_output().expect("its output"))
}

fn lines(output: &Output) -> Vec<Json> {
    let text = String::from_utf8_lossy(&output.stdout);
    // The last line may be cut off by the kill.
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}
