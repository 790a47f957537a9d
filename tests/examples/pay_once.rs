//! One payment, as short as it gets, against a gateway that `payspec mock --keys keys` runs.
//!
//! ```sh
//! cargo run --example pay_once -- http://127.0.0.1:8080 SANDBOX_5X00000000000000 keys
//! ```

use std::error::Error;
use std::fs::read_to_string;

use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::entry_code_payment::Ending;
use alipay_instore::ams_instore::pay_entry_code::*;
use alipay_instore::ams_instore::types::*;
use payspec_runtime::Currency;
use payspec_runtime::client::Ureq;

fn pay([url, client_id, own, providers]: [&str; 4], id: &str, total: Amount) -> Paid {
    let store = Store::builder(StoreRequired {
        reference_store_id: "S1".into(),
        store_name: "cup Hu".into(),
        store_mcc: "1405".into(),
    });
    let merchant = Merchant::builder(MerchantRequired {
        reference_merchant_id: "M1".into(),
        merchant_name: "cup Hu".into(),
        merchant_mcc: "1405".into(),
    });
    let order = Order::builder(OrderRequired {
        order_description: "A wrist strap, \u{624b}\u{5e36}".into(),
        order_amount: total.clone(),
        merchant: merchant.store(store).into(),
    });
    let env = Env::builder().user_agent("Mozilla/5.0");
    let builder = PayEntryCodeRequest::builder(PayEntryCodeRequestRequired {
        payment_request_id: id.into(),
        order: order.reference_order_id("O1").env(env).into(),
        payment_amount: total,
        payment_notify_url: "https://shop.example/notify".into(),
    });
    let request = builder.payment_redirect_url("https://shop.example/thanks");
    let client = Client::from_keys(url, client_id, own, providers, Ureq::default())?;
    let mut payment = client.entry_code_payment(request.build()?)?;
    Ok(client.settle(&mut payment, |shown| println!("show the payer {shown:?}"))?)
}

type Paid = Result<Ending, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, client_id, keys] = arguments.as_slice() else {
        return Err("usage: URL CLIENT_ID KEYS".into());
    };
    let own = read_to_string(format!("{keys}/client-private.pem"))?;
    let providers = read_to_string(format!("{keys}/gateway-public.pem"))?;
    let total = Amount::from_major("1.00", Currency::USD)?;
    println!(
        "{}",
        pay([url, client_id, &own, &providers], "once-1", total)?
    );
    Ok(())
}
