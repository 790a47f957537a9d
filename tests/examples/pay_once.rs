//! One payment, as short as it gets, against a gateway that `payspec mock --keys keys` runs.
//!
//! ```sh
//! cargo run --example pay_once -- http://127.0.0.1:8080 SANDBOX_5X00000000000000 keys
//! ```

use std::error::Error;
use std::fs::read_to_string;

use alipay_instore::ams_instore::entry_code_payment::Ending;
use alipay_instore::ams_instore::pay_entry_code::*;
use alipay_instore::ams_instore::types::*;
use alipay_instore::ams_instore::{RECIPE, client::Client};
use payspec_runtime::client::{Envelope, SigningKey, Ureq, VerifyingKey};
use payspec_runtime::{Currency, Valid, Violations};

fn request(id: &str, total: Amount) -> Result<Valid<PayEntryCodeRequest>, Violations> {
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
        order_description: "A wrist strap".into(),
        order_amount: total.clone(),
        merchant: merchant.store(store).into(),
    });
    let env = Env::builder().user_agent("Mozilla/5.0");
    let method = PaymentMethodRequired {
        payment_method_type: PaymentMethodType::ConnectWallet,
    };
    let factor = PaymentFactor::builder();
    let factor = factor.in_store_payment_scenario(InStorePaymentScenario::EntryCode);
    let required = PayEntryCodeRequestRequired {
        product_code: ProductCode::InStorePayment,
        payment_request_id: id.into(),
        order: order.reference_order_id("O1").env(env).into(),
        payment_amount: total,
        payment_method: PaymentMethod::builder(method).into(),
        payment_notify_url: "https://shop.example/notify".into(),
        payment_factor: factor.into(),
    };
    PayEntryCodeRequest::builder(required).build()
}

fn pay(url: &str, client_id: &str, keys: &str) -> Result<Ending, Box<dyn Error>> {
    let key = |name: &str| read_to_string(format!("{keys}/{name}.pem"));
    let own = SigningKey::from_text(&key("client-private")?)?;
    let providers = VerifyingKey::from_text(&key("gateway-public")?)?;
    let envelope = Envelope::new(&RECIPE, url.parse()?, client_id, own, providers)?;
    let client = Client::new(envelope, Ureq::default());
    let request = request("once-1", Amount::from_major("1.00", Currency::USD)?)?;
    let mut payment = client.entry_code_payment(request)?;
    Ok(client.settle(&mut payment, |shown| println!("show the payer {shown:?}"))?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, client_id, keys] = arguments.as_slice() else {
        return Err("usage: URL CLIENT_ID KEYS".into());
    };
    println!("{}", pay(url, client_id, keys)?);
    Ok(())
}
