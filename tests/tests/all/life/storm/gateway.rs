//! `payspec mock` as a process that is killed and started again.

use super::watch::Watch;
use serde_json::Value as Json;
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// The gateway, whichever process it is at the time.
pub(super) struct Gateway {
    folder: PathBuf,
    watch: Arc<Watch>,
    run: Mutex<Option<Run>>,
    /// It is being started again.
    is_down: AtomicBool,
    /// The address on which it listens, or listened last.
    address: Mutex<SocketAddr>,
}

struct Run {
    child: Child,
    listener: JoinHandle<()>,
}

impl Gateway {
    /// Starts it in a folder: there are its keys and its state.
    pub(super) fn start(folder: &Path, watch: &Arc<Watch>) -> Self {
        let fixture = include_str!("../../../../../runtime/tests/fixtures/signing.json");
        let fixture: Json = serde_json::from_str(fixture).expect("JSON");
        for owner in ["client", "gateway"] {
            for (kind, name) in [
                ("private", "private_pkcs8_pem"),
                ("public", "public_spki_pem"),
            ] {
                let key = fixture["keys"][name].as_str().expect("a key");
                fs::write(folder.join(format!("{owner}-{kind}.pem")), key).expect("a key is kept");
            }
        }
        let gateway = Gateway {
            folder: folder.to_owned(),
            watch: Arc::clone(watch),
            run: Mutex::new(None),
            is_down: AtomicBool::new(true),
            address: Mutex::new(SocketAddr::from(([127, 0, 0, 1], 1))),
        };
        gateway.restart();
        gateway
    }

    /// Returns the file of its state.
    pub(super) fn state(&self) -> PathBuf {
        self.folder.join("state.redb")
    }

    /// Waits while it is being started again.
    pub(super) fn wait(&self) {
        while self.is_down.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Returns the address on which it listens; it changes when it is started again.
    pub(super) fn address(&self) -> SocketAddr {
        *self.address.lock().expect("an address")
    }

    /// Kills it, in the midst of whatever it does, and starts it again.
    pub(super) fn restart(&self) {
        self.is_down.store(true, Ordering::SeqCst);
        self.kill();
        let mut child = Command::new(env!("CARGO_BIN_EXE_payspec-under-test"))
            .args(["mock", "--listen", "127.0.0.1:0", "--format", "json"])
            .arg("--keys")
            .arg(&self.folder)
            .arg("--state")
            .arg(self.state())
            .arg("--spec")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the gateway starts");
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(stdout).lines();
        let first = lines.next().expect("a line").expect("a line in UTF-8");
        let first: Json = serde_json::from_str(&first).expect("JSON");
        let url = first["listening"].as_str().expect("an address");
        let address = url.trim_start_matches("http://").parse();
        *self.address.lock().expect("an address") = address.expect("an address");
        let watch = Arc::clone(&self.watch);
        *self.run.lock().expect("a run") = Some(Run {
            child,
            listener: std::thread::spawn(move || listen(lines, &watch)),
        });
        self.is_down.store(false, Ordering::SeqCst);
    }

    /// Kills it: on Unix this is `kill -9`. What it had to tell is heard when this returns.
    pub(super) fn kill(&self) {
        let run = self.run.lock().expect("a run").take();
        if let Some(mut run) = run {
            run.child.kill().expect("it is killed");
            run.child.wait().expect("it is gone");
            run.listener.join().expect("its log is read");
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.kill();
    }
}

fn listen(lines: Lines<BufReader<ChildStdout>>, watch: &Watch) {
    for line in lines.map_while(Result::ok) {
        // The last line may be cut off by the kill.
        if let Ok(record) = serde_json::from_str(&line) {
            watch.logged(&record);
        }
    }
}
