//! Books a parcel with the types that the build script generated.

mod api {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

use api::parcels::book_parcel::{
    BookParcelOutcome, BookParcelRequest, BookParcelRequestRequired, BookParcelResponse, METHOD, PATH,
};
use api::parcels::types::{Kind, Parcel, ParcelRequired};
use payspec_runtime::{DecodeError, Sent, Valid, Violations, decode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parcel = |grams| {
        Parcel::builder(ParcelRequired { r#type: Kind::Fragile, grams }).sender("Ada Lovelace")
    };
    let request = |grams| -> Result<Valid<BookParcelRequest>, Violations> {
        let required = BookParcelRequestRequired { booking_id: "b-1".into(), parcel: parcel(grams).into() };
        BookParcelRequest::builder(required).build()
    };

    match request(0) {
        Ok(_) => println!("a parcel without weight is valid"),
        Err(violations) => println!("{violations}"),
    }
    let valid = request(1200)?;
    println!("{:?}", *valid);
    let sent = Sent::new(valid)?;
    println!("{METHOD} {PATH} {}: {}", sent.key(), String::from_utf8_lossy(sent.bytes()));

    for answer in [
        r#"{"result":{"status":"ok","code":"BOOKED"},"shelf":"A7"}"#,
        r#"{"result":{"status":"ok","code":"BOOKED"}}"#,
        r#"{"result":{"status":"no","code":"TOO_LARGE"}}"#,
        r#"{"result":{"status":"no","code":"BOOKED"}}"#,
        r#"{"result":{"status":"ok"}}"#,
    ] {
        println!("{}", judge(answer.as_bytes()));
    }
    Ok(())
}

fn judge(answer: &[u8]) -> String {
    let answer: Result<BookParcelResponse, DecodeError> = decode(answer);
    match answer.map(|answer| answer.outcome()) {
        Ok(BookParcelOutcome::Done) => "booked".to_owned(),
        Ok(BookParcelOutcome::Failed(failed)) => {
            format!("failed: {}, next step: {:?}", failed.code(), failed.next_step())
        }
        Ok(BookParcelOutcome::Pending(pending)) => format!("pending: {}", pending.code()),
        Err(error) => format!("unreadable: {error}"),
    }
}
