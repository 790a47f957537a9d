//! Sets of texts, and result codes.

use super::*;

#[test]
fn an_open_enum_keeps_what_it_does_not_know() {
    assert_eq!(Terminal::VALUES, ["WEB", "MINI_APP"]);
    assert_eq!(Terminal::from("WEB"), Terminal::Web);
    assert_eq!(Terminal::Web.to_string(), "WEB");
    assert_eq!(
        format!("{:?} {:?}", Terminal::Web, Terminal::from("TV")),
        r#"WEB "TV""#
    );
    let text = ORDER.replacen('{', r#"{"terminal":"TV","#, 1);
    let order = decode::<Order>(text.as_bytes()).expect("an unknown value is kept");
    assert!(
        order
            .terminal
            .as_ref()
            .is_some_and(|terminal| !terminal.is_known())
    );
    assert!(encoded(&order).contains(r#""terminal":"TV""#));
    assert_eq!(
        found(&order.validate().expect_err("a request")),
        ["/terminal values", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn a_closed_enum_refuses_what_it_does_not_know() {
    assert_eq!(Method::try_from("POST"), Ok(Method::Post));
    assert_eq!("GET".parse(), Ok(Method::Get));
    assert!(Method::try_from("PUT").is_err() && Method::try_from(String::new()).is_err());
    let answer = decode_reporting::<Answer>(br#"{"code":"SUCCESS","method":"PUT"}"#);
    let Decoded { message, dropped } = answer.expect("the code can be read");
    assert_eq!(message.method, None);
    assert_eq!(found(&dropped), ["/method values"]);
}

#[test]
fn a_result_code_knows_what_to_do() {
    let code = Code::from("IN_PROCESS");
    assert_eq!(code, Code::InProcess);
    assert_eq!(code.status(), Some("U"));
    assert_eq!(code.class(), Some(StatusClass::Pending));
    assert_eq!(code.next_step(), Some(NextStep::ResendSame));
    assert_eq!(code.resend(), Some(Resend::Safe));
    assert_eq!(
        (code.message(), Code::Success.message()),
        (None, Some("Success"))
    );
    let new = <Code as ResultCode>::parse("NEW");
    assert_eq!(
        (new.status(), new.class(), new.next_step()),
        (None, None, None)
    );
    assert_eq!(new.as_str(), "NEW");
    let answer = decode::<Answer>(br#"{"code":"NEW"}"#).expect("an unknown code is kept");
    assert_eq!(encoded(&answer), r#"{"code":"NEW"}"#);
}

#[test]
fn every_word_of_the_runtime_is_a_word_of_the_derive() {
    assert_eq!(
        words::Step::ALL.map(|step| step.next_step().expect("documented")),
        NextStep::ALL
    );
    assert_eq!(
        words::Class::ALL.map(|one| one.class().expect("documented")),
        StatusClass::ALL
    );
    assert_eq!(
        words::Again::ALL.map(|one| one.resend().expect("documented")),
        Resend::ALL
    );
}

/// One code for each word.
mod words {
    use payspec_runtime::{ResultCode, UnknownValue};

    macro_rules! codes {
        ($name:ident $count:literal: $($variant:ident $class:literal $step:literal $resend:literal)+) => {
            #[derive(Clone, ResultCode)]
            pub(super) enum $name {
                $(#[code($step, status = $class, class = $class, next_step = $step, resend = $resend)]
                $variant,)+
                #[unknown]
                #[allow(dead_code)]
                Unknown(UnknownValue),
            }

            impl $name {
                pub(super) const ALL: [Self; $count] = [$(Self::$variant),+];
            }
        };
    }

    codes! { Step 13:
        A "failed" "done" "safe"
        B "failed" "redirect" "safe"
        C "failed" "fix_request" "safe"
        D "failed" "fix_credentials" "safe"
        E "failed" "check_contract" "safe"
        F "failed" "register_merchant" "safe"
        G "failed" "lower_amount" "safe"
        H "failed" "new_request_id" "safe"
        I "failed" "resend_same" "safe"
        J "failed" "inquire" "safe"
        K "failed" "refund" "safe"
        L "failed" "contact_support" "safe"
        M "failed" "tell_user" "safe"
    }

    codes! { Class 3:
        A "succeeded" "done" "safe"
        B "failed" "redirect" "safe"
        C "pending" "inquire" "safe"
    }

    codes! { Again 3:
        A "failed" "done" "safe"
        B "failed" "redirect" "pointless"
        C "failed" "inquire" "never"
    }
}
