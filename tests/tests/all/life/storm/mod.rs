//! Many clients, one gateway, and everything that can go wrong.
//!
//! The payments are real: a `payspec mock` of its own process, sockets, the generated types, the client
//! with its journal. Connections are dropped, bodies cut off, answers lost after the gateway processed
//! the request, late, badly signed or undecided; the gateway is killed and started again; programs are
//! stopped and go on from their journal. What happens to a payment hangs on the seed and its id.
//!
//! `PAYSPEC_STORM_PAYMENTS` and `PAYSPEC_STORM_SEED` set how many payments there are, and the seed.

mod fate;
mod gateway;
mod killed;
mod network;
mod shop;
mod till;
mod watch;

use self::fate::{Dice, Payer};
use self::gateway::Gateway;
use self::shop::{Shop, Told, World};
use self::till::Till;
use self::watch::Watch;
use alipay_instore::ams_instore::inquiry_payment::InquiryPaymentOutcome;
use payspec_mock::{Ledger as _, Store};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const SHOPS: usize = 64;
/// How many payments there are in an everyday run; `.ci/run` makes 1,000.
const PAYMENTS: usize = 300;
/// The client id of the shops.
const CLIENT: &str = "SANDBOX_5X00000000000000";
/// The prefix of the ids of orders that are paid by single calls.
const CALL: &str = "call-";
/// How often the gateway is killed.
const KILLS: usize = 3;
/// No order takes as long as this.
const STUCK: Duration = Duration::from_secs(120);
/// How many of the orders that were settled last are asked for again after a kill.
const ASKED_AGAIN: usize = 64;

fn setting(name: &str, usual: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(usual, |text| text.parse().expect("a number"))
}

/// The orders that came to an end, in this order.
type Ended = Mutex<Vec<(String, Told)>>;

/// The prefix of refund ids.
const REFUND: &str = "refund-";

#[test]
fn no_payment_is_made_twice_and_none_is_lost() {
    let payments = setting("PAYSPEC_STORM_PAYMENTS", PAYMENTS as u64);
    let payments = usize::try_from(payments).expect("a number");
    let seed = setting("PAYSPEC_STORM_SEED", 6);
    let begun = Instant::now();
    let folder = tempfile::tempdir().expect("a folder");
    let watch = Arc::new(Watch::default());
    let gateway = Arc::new(Gateway::start(folder.path(), &watch));
    let key = folder.path().join("client-private.pem");
    let world = World {
        gateway: Arc::clone(&gateway),
        watch: Arc::clone(&watch),
        dice: Dice::new(seed),
        key: std::fs::read_to_string(key).expect("a key"),
    };

    let (ended, refunded) = (Ended::default(), Ended::default());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let mut shops = Vec::new();
        for number in 0..SHOPS {
            let (world, ended, refunded) = (&world, &ended, &refunded);
            let (next, folder) = (&next, folder.path());
            shops.push(scope.spawn(move || {
                // A third of them carry their payments by single calls, the others let the client do it,
                // which blocks or does not.
                let mut shop = Shop::open(world, folder, number);
                let mut till = Till::open(world, folder, SHOPS + number, number % 3 == 2);
                let calls = number % 3 == 0;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= payments {
                        return;
                    }
                    // The number tells how an order is paid; single calls pay by entry code.
                    let (id, told) = if calls {
                        let id = format!("{CALL}{}", number * 3);
                        let told = shop.order(&id);
                        (id, told)
                    } else {
                        let id = format!("order-{number}");
                        let (told, paid) = till.order(&id);
                        if let Some(paid) = paid {
                            let id = format!("{REFUND}{number}");
                            let told = till.refund(&id, &paid);
                            refunded.lock().expect("refunds").push((id, told));
                        }
                        (id, told)
                    };
                    ended.lock().expect("orders").push((id, told));
                }
            }));
        }
        for kill in 1..=KILLS {
            let due = payments * kill / (KILLS + 1);
            let are_done = || shops.iter().all(|shop| shop.is_finished());
            comes_to(due, || ended.lock().expect("orders").len(), are_done);
            gateway.restart();
            let last = ended.lock().expect("orders");
            let last = last.iter().rev().take(ASKED_AGAIN).cloned();
            still(&world, &last.collect::<Vec<_>>());
        }
    });

    let ended = ended.into_inner().expect("orders");
    assert_eq!(ended.len(), payments);
    gateway.kill();
    kept(&world, &ended);
    let refunded = refunded.into_inner().expect("refunds");
    given_back(&world, &refunded);
    let faults = watch.faults();
    println!("{}", report(&ended, &refunded, &watch, begun.elapsed()));
    assert!(faults.is_empty(), "seed {seed}: {faults:#?}");
}

/// Waits until so many orders have ended.
fn comes_to(due: usize, ended: impl Fn() -> usize, are_done: impl Fn() -> bool) {
    let (mut last, mut since) = (0, Instant::now());
    loop {
        // In this order: what a shop ends before it is done is counted.
        let (done, now) = (are_done(), ended());
        if now >= due {
            return;
        }
        if now > last {
            (last, since) = (now, Instant::now());
        }
        assert!(!done, "the shops are gone after {now} orders of {due}");
        let quiet = since.elapsed();
        assert!(
            quiet < STUCK,
            "no order ended for {quiet:?}, after {now} of {due}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Asserts that shops are told after a kill what they were told before it.
fn still(world: &World, ended: &[(String, Told)]) {
    let client = world.calm();
    for (id, told) in ended {
        let watch = &world.watch;
        // The watch compares the answer with that of before. A till's request is its own affair.
        if id.starts_with(CALL)
            && let Err(error) = client.call(shop::pay_request(id))
        {
            watch.wrong(format!("{id} is not answered after the kill: {error}"));
        }
        let stands = match client.call(shop::inquiry(id)) {
            Ok(answered) => answered.outcome,
            Err(error) => {
                watch.wrong(format!("{id} is not known after the kill: {error}"));
                continue;
            }
        };
        let same = match told {
            Told::Paid => stands == InquiryPaymentOutcome::Paid,
            Told::Unpaid => stands == InquiryPaymentOutcome::Unpaid,
            Told::Cancelled => stands == InquiryPaymentOutcome::Cancelled,
            Told::InDoubt | Told::Contradicted | Told::Refunded | Told::RefundFailed => true,
        };
        if !same {
            watch.wrong(format!(
                "{id} was {told:?} before the kill, now: {stands:?}"
            ));
        }
    }
}

/// Asserts that the gateway keeps what the shops were told.
fn kept(world: &World, ended: &[(String, Told)]) {
    let store = Store::open(&world.gateway.state()).expect("the state is whole");
    let is_doubt = |told: Told, id: &str| told == Told::InDoubt && !id.starts_with(CALL);
    // When no cancellation is answered, a flow ends in doubt, and people find out: that is rare.
    let doubts = ended.iter().filter(|(id, told)| is_doubt(*told, id));
    let doubts = doubts.count();
    if doubts * 100 > ended.len() {
        world.watch.wrong(format!("{doubts} payments are in doubt"));
    }
    if !ended.iter().any(|(_, told)| *told == Told::Contradicted) {
        let what = "no flow heard of another amount".to_owned();
        world.watch.wrong(what);
    }
    for (id, told) in ended {
        if is_doubt(*told, id) || *told == Told::Contradicted {
            continue;
        }
        let kept = |kind: &str, place: Json| -> Json {
            let text = store.get(&format!("{kind} {place}")).expect("it is read");
            text.map_or(Json::Null, |text| {
                serde_json::from_str(&text).expect("JSON")
            })
        };
        let place = json!(["ams_instore", CLIENT, "/v1/payments/pay", id]);
        let settled = &kept("request", place)["settled"];
        let end = kept_end(&store, id, "paymentRequestId");
        let payer = world.dice.payer(id);
        let (statuses, expected) = match told {
            Told::Paid => (["S", "S"], "paid"),
            // The answer that refused it was lost, and the refusal of a repetition proves nothing.
            Told::Cancelled if payer == Payer::Refused => (["S", "F"], "cancelled"),
            Told::Cancelled => (["S", "S"], "cancelled"),
            // A repetition may meet a payment that has failed by then.
            Told::Unpaid => (["S", "F"], "unpaid"),
            Told::InDoubt | Told::Contradicted | Told::Refunded | Told::RefundFailed => {
                (["?", "?"], "?")
            }
        };
        let watch = &world.watch;
        // A flow goes on with a payment whose request nobody settled.
        let is_open = settled.is_null() && !id.starts_with(CALL);
        let is_settled = is_open || statuses.iter().any(|status| settled["status"] == *status);
        if !is_settled || end.as_deref() != Some(expected) {
            watch.wrong(format!("{id}: told {told:?}, kept {settled} and {end:?}"));
        }
        let body = settled["body"].as_str().unwrap_or_default();
        // Every answer that settled it may have been lost or spoilt; then nobody was told.
        if watch
            .answer(id)
            .is_some_and(|answer| answer != body.as_bytes())
        {
            watch.wrong(format!("{id}: what is kept is not what was answered"));
        }
        // A slow shop may cancel what a payer was about to pay.
        let as_fated = match payer {
            Payer::Pays | Payer::Hesitates => matches!(told, Told::Paid | Told::Cancelled),
            // The first answer says that nobody knows, and a program that starts again asks instead of
            // sending a second request that would be refused: then the first one was paid.
            Payer::Refused if is_open => {
                matches!(told, Told::Paid | Told::Unpaid | Told::Cancelled)
            }
            Payer::Refused => matches!(told, Told::Unpaid | Told::Cancelled),
            // A flow cancels what it hears nothing of: its payer may have declined by then.
            Payer::Declines => matches!(told, Told::Unpaid | Told::Cancelled),
            Payer::Leaves => *told == Told::Cancelled,
        };
        if watch.is_refused(id) && *told != Told::Cancelled {
            watch.wrong(format!("{id}: told {told:?}, and refused as cancelled"));
        }
        if !as_fated {
            watch.wrong(format!("{id}: {told:?}, and its payer {payer:?}"));
        }
    }
}

/// Compares the endings that shops were told of refunds with the state of the gateway.
fn given_back(world: &World, refunded: &[(String, Told)]) {
    let store = Store::open(&world.gateway.state()).expect("the state is whole");
    let doubts = refunded.iter().filter(|(_, told)| *told == Told::InDoubt);
    let doubts = doubts.count();
    if refunded.is_empty() || doubts * 5 > refunded.len() {
        let all = refunded.len();
        world
            .watch
            .wrong(format!("of {all} refunds, {doubts} are in doubt"));
    }
    for (id, told) in refunded {
        let end = kept_end(&store, id, "refundRequestId");
        let fate = world.dice.payer(id);
        let (as_kept, as_fated) = match told {
            // Where nobody knew how the first request came out, it was made, and its repetition refused.
            Told::Refunded => (
                end.as_deref() == Some("refunded"),
                matches!(fate, Payer::Pays | Payer::Hesitates | Payer::Refused),
            ),
            // A refund that is refused is none.
            Told::RefundFailed => (
                end.as_deref().is_none_or(|end| end == "refund_failed"),
                matches!(fate, Payer::Declines | Payer::Refused),
            ),
            // One that takes long, or of which no answer came, is asked for in vain.
            Told::InDoubt | Told::Contradicted => (true, true),
            Told::Paid | Told::Unpaid | Told::Cancelled => (false, false),
        };
        if !as_kept || !as_fated {
            world
                .watch
                .wrong(format!("{id}: told {told:?}, kept {end:?}, fate {fate:?}"));
        }
    }
}

/// How something ended, as the gateway keeps it.
fn kept_end(store: &Store, id: &str, field: &str) -> Option<String> {
    let name = json!([id, field, CLIENT, "ams_instore"]);
    let name = store.get(&format!("name {name}")).expect("it is read")?;
    let subject = store.get(&name).expect("it is read")?;
    let subject: Json = serde_json::from_str(&subject).expect("JSON");
    subject["end"].as_str().map(str::to_owned)
}

/// How many came out in each way.
fn tally(ended: &[(String, Told)]) -> BTreeMap<String, u32> {
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for (_, one) in ended {
        *told.entry(format!("{one:?}")).or_default() += 1;
    }
    told
}

fn report(
    ended: &[(String, Told)],
    refunded: &[(String, Told)],
    watch: &Watch,
    time: Duration,
) -> String {
    let (told, given_back) = (tally(ended), tally(refunded));
    let counts = &watch.counts;
    let shown = [
        ("sendings", &counts.sendings),
        ("faults injected", &counts.injected),
        ("undecided answers", &counts.unknown),
        ("not sent", &counts.unsent),
        ("not answered", &counts.unanswered),
        ("programs stopped", &counts.stopped),
        ("futures dropped", &counts.dropped),
        ("exchanges logged", &counts.logged),
        ("replayed", &counts.replayed),
    ]
    .map(|(what, number)| format!("{what} {}", number.load(Ordering::Relaxed)));
    format!(
        "{} payments by {SHOPS} shops, {KILLS} kills, {:.1} s: {told:?}, refunds {given_back:?}; {}",
        ended.len(),
        time.as_secs_f64(),
        shown.join(", "),
    )
}
