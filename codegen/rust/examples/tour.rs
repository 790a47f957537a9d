//! The main job from start to end, on the real description: check the spec, generate the crate,
//! validate the documented request with both validators, decide on the documented response.
//!
//! Each step is one call that another program would make; the `payspec` command makes the same calls.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use alipay_instore::ams_instore::pay_entry_code::{
    PayEntryCodeOutcome, PayEntryCodeRequest, PayEntryCodeResponse,
};
use payspec_codegen::emit::rust::{Options, Root};
use payspec_codegen::generate;
use payspec_model::{check::check_message, diagnostic, model::Side};
use payspec_runtime::{Valid, decode};

const REQUEST: &str = "spec/ams-instore/examples/pay-entry-code.request.json";
const RESPONSE: &str = "spec/ams-instore/examples/pay-entry-code.response.json";

fn main() -> ExitCode {
    match tour() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tour() -> Result<(), Box<dyn Error>> {
    // The tour works on this repository, whatever the current folder is.
    std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;

    println!("1. Check the description: spec/");
    let loaded = payspec_model::load(Path::new("spec"));
    eprint!(
        "{}",
        diagnostic::human(&loaded.diagnostics, &loaded.sources, false)
    );
    println!("   {}", loaded.summary());
    let model = loaded.model.ok_or("the description has errors")?;

    println!("2. Generate the crate: generated/src");
    let options = Options::new(Path::new("spec"), Root::Crate);
    let plan = generate::prepare(&model, &options, Path::new("generated/src"))?;
    generate::apply(&plan)?;
    println!(
        "   {} files written, {} unchanged",
        plan.writes.len(),
        plan.unchanged
    );

    println!("3. Validate the documented request: {REQUEST}");
    let json = std::fs::read(REQUEST)?;
    let (api, operation) = model
        .operation("pay_entry_code")
        .ok_or("no such operation")?;
    let findings = check_message(api, operation, Side::Request, &json)?;
    for finding in findings.iter() {
        println!(
            "   by the description, {}: {}",
            model.place(finding.origin),
            finding.violation
        );
    }
    let request: Valid<PayEntryCodeRequest> = Valid::new(decode(&json)?)?;
    for warning in request.warnings() {
        println!("   by the generated type: {warning}");
    }
    println!("   valid: {} may be sent", request.payment_request_id);

    println!("4. Decide on the documented response: {RESPONSE}");
    let response: PayEntryCodeResponse = decode(&std::fs::read(RESPONSE)?)?;
    match response.outcome() {
        PayEntryCodeOutcome::Redirect(form) => {
            let address = form
                .redirect_url
                .map(|url| url.to_string())
                .unwrap_or_default();
            println!("   redirect, which is not yet paid: send the payer to {address}");
        }
        PayEntryCodeOutcome::Failed(failed) => println!("   failed: {failed:?}"),
        PayEntryCodeOutcome::Pending(pending) => println!("   pending: {pending:?}"),
    }
    Ok(())
}
