//! The programs that the reference site shows, written by
//! `INSTA_UPDATE=always cargo test -p payspec-reference --test all rust::`.

use std::error::Error;

#[rustfmt::skip]
mod cancel {
    use alipay_instore::ams_instore::cancel::*;
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<CancelRequest>, Box<dyn Error>> {
        let request = CancelRequest::builder()
            .payment_request_id("SHOP0420261102000017")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod inquiry_payment {
    use alipay_instore::ams_instore::inquiry_payment::*;
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<InquiryPaymentRequest>, Box<dyn Error>> {
        let request = InquiryPaymentRequest::builder()
            .payment_id("2026110219401080010018800020017XXXX")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod inquiry_refund {
    use alipay_instore::ams_instore::inquiry_refund::*;
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<InquiryRefundRequest>, Box<dyn Error>> {
        let request = InquiryRefundRequest::builder()
            .refund_id("2026110319401080130018800020004XXXX")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod inquiry_registration_info {
    use alipay_instore::ams_instore::inquiry_registration_info::*;
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<InquiryRegistrationInfoRequest>, Box<dyn Error>> {
        let request = InquiryRegistrationInfoRequest::builder(InquiryRegistrationInfoRequestRequired {
                reference_merchant_id: "M20261101".into(),
            })
            .reference_store_id("S0001")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod inquiry_registration_status {
    use alipay_instore::ams_instore::inquiry_registration_status::*;
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<InquiryRegistrationStatusRequest>, Box<dyn Error>> {
        let request = InquiryRegistrationStatusRequest::builder()
            .reference_merchant_id("218812000019****")
            .reference_store_id("34****")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod pay_entry_code {
    use alipay_instore::ams_instore::{pay_entry_code::*, types::*};
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<PayEntryCodeRequest>, Box<dyn Error>> {
        let request = PayEntryCodeRequest::builder(PayEntryCodeRequestRequired {
                payment_request_id: "10277574507XXXX".into(),
                order: Order::builder(OrderRequired {
                        order_description: "Mi Band 3 Wrist Strap Metal Screwless Stainless Steel For Xiaomi Mi Band 3"
                            .into(),
                        order_amount: Amount::builder(AmountRequired {
                                currency: "USD".parse()?,
                                value: 10,
                            })
                            .into(),
                        merchant: Merchant::builder(MerchantRequired {
                                reference_merchant_id: "seller231117459@login.com".into(),
                                merchant_mcc: "1234".into(),
                                merchant_name: "cup Hu".into(),
                            })
                            .store(
                                Store::builder(StoreRequired {
                                    reference_store_id: "S000000XXXX".into(),
                                    store_name: "UGG-2".into(),
                                    store_mcc: "1405".into(),
                                }),
                            )
                            .into(),
                    })
                    .env(
                        Env::builder()
                            .user_agent(
                                "Mozilla/5.0 (Linux; Android 9; LYA-AL00 Build/HUAWEILYA-AL00L; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/70.0.3538.110 Mobile Safari/537.36 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:WIFI,ws:360|0|3.0) AliApp(APHK/2.6.0.160) AlipayClientHK/2.6.0.160 Language/zh-HK useStatusBar/true isConcaveScreen/true AlipayClient/10.1.32.600 Alipay Language/zh-Hans",
                            ),
                    )
                    .into(),
                payment_amount: Amount::builder(AmountRequired {
                        currency: "USD".parse()?,
                        value: 10,
                    })
                    .into(),
                payment_notify_url: "http://xmock.inc.alipay.net/api/Ipay/globalSite/automtion/paymentNotify.htm"
                    .into(),
            })
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod pay_order_code {
    use alipay_instore::ams_instore::{pay_order_code::*, types::*};
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<PayOrderCodeRequest>, Box<dyn Error>> {
        let request = PayOrderCodeRequest::builder(PayOrderCodeRequestRequired {
                payment_request_id: "SHOP0420261102000017".into(),
                order: Order::builder(OrderRequired {
                        order_description: "Two pots of tea and a cake".into(),
                        order_amount: Amount::builder(AmountRequired {
                                currency: "HKD".parse()?,
                                value: 12800,
                            })
                            .into(),
                        merchant: Merchant::builder(MerchantRequired {
                                reference_merchant_id: "M20261101".into(),
                                merchant_mcc: "5812".into(),
                                merchant_name: "Blue Kettle Catering Limited".into(),
                            })
                            .store(
                                Store::builder(StoreRequired {
                                    reference_store_id: "S0001".into(),
                                    store_name: "Blue Kettle, Harbour Lane".into(),
                                    store_mcc: "5812".into(),
                                }),
                            )
                            .into(),
                    })
                    .reference_order_id("A-20261102-17")
                    .into(),
                payment_amount: Amount::builder(AmountRequired {
                        currency: "HKD".parse()?,
                        value: 12800,
                    })
                    .into(),
                payment_notify_url: "https://blue-kettle.example/notify/payment".into(),
            })
            .payment_expiry_time("2026-11-02T15:18:30+08:00".parse()?)
            .settlement_strategy(
                SettlementStrategy::builder(SettlementStrategyRequired {
                    settlement_currency: "USD".parse()?,
                }),
            )
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod pay_user_presented {
    use alipay_instore::ams_instore::{pay_user_presented::*, types::*};
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<PayUserPresentedRequest>, Box<dyn Error>> {
        let request = PayUserPresentedRequest::builder(PayUserPresentedRequestRequired {
                payment_request_id: "SHOP0420261102000017".into(),
                order: Order::builder(OrderRequired {
                        order_description: "Two pots of tea and a cake".into(),
                        order_amount: Amount::builder(AmountRequired {
                                currency: "HKD".parse()?,
                                value: 12800,
                            })
                            .into(),
                        merchant: Merchant::builder(MerchantRequired {
                                reference_merchant_id: "M20261101".into(),
                                merchant_mcc: "5812".into(),
                                merchant_name: "Blue Kettle Catering Limited".into(),
                            })
                            .store(
                                Store::builder(StoreRequired {
                                    reference_store_id: "S0001".into(),
                                    store_name: "Blue Kettle, Harbour Lane".into(),
                                    store_mcc: "5812".into(),
                                }),
                            )
                            .into(),
                    })
                    .reference_order_id("A-20261102-17")
                    .env(
                        Env::builder()
                            .store_terminal_id("TILL-2")
                            .store_terminal_request_time(
                                "2026-11-02T15:15:30+08:00".parse()?,
                            ),
                    )
                    .into(),
                payment_amount: Amount::builder(AmountRequired {
                        currency: "HKD".parse()?,
                        value: 12800,
                    })
                    .into(),
                payment_method: PaymentMethod::builder(PaymentMethodRequired {
                        payment_method_type: PaymentMethodType::ConnectWallet,
                    })
                    .payment_method_id("280000000000000000")
                    .into(),
                payment_notify_url: "https://blue-kettle.example/notify/payment".into(),
            })
            .payment_expiry_time("2026-11-02T15:18:30+08:00".parse()?)
            .settlement_strategy(
                SettlementStrategy::builder(SettlementStrategyRequired {
                    settlement_currency: "USD".parse()?,
                }),
            )
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod refund {
    use alipay_instore::ams_instore::{refund::*, types::*};
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<RefundRequest>, Box<dyn Error>> {
        let request = RefundRequest::builder(RefundRequestRequired {
                refund_request_id: "SHOP0420261103R00002".into(),
                payment_id: "2026110219401080010018800020017XXXX".into(),
                refund_amount: Amount::builder(AmountRequired {
                        currency: "HKD".parse()?,
                        value: 4800,
                    })
                    .into(),
            })
            .refund_reason("One piece was returned")
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

#[rustfmt::skip]
mod registration {
    use alipay_instore::ams_instore::{registration::*, types::*};
    use payspec_runtime::Valid;
    use std::error::Error;

    fn request() -> Result<Valid<RegistrationRequest>, Box<dyn Error>> {
        let request = RegistrationRequest::builder(RegistrationRequestRequired {
                registration_request_id: "REG20261101000042".into(),
                merchant_info: MerchantRegistrationInfo::builder(MerchantRegistrationInfoRequired {
                        reference_merchant_id: "M20261101".into(),
                        merchant_mcc: "5812".into(),
                        registration_detail: RegistrationDetail::builder(RegistrationDetailRequired {
                                legal_name: "Blue Kettle Catering Limited".into(),
                                registration_type: RegistrationType::EnterpriseRegistrationNo,
                                registration_no: "0000000000".into(),
                                registration_address: Address::builder(AddressRequired {
                                        region: "HK".parse()?,
                                    })
                                    .city("Hong Kong")
                                    .address1("12 Harbour Lane")
                                    .into(),
                                business_type: BusinessType::Enterprise,
                            })
                            .attachments(
                                vec![
                                    RegistrationAttachment::builder(RegistrationAttachmentRequired
                                    { attachment_type : AttachmentType::RegistrationCertificate,
                                    file : "certificate-2026.pdf".into() })
                                    .attachment_name("certificate-2026.pdf").into()
                                ],
                            )
                            .contact_info(
                                vec![
                                    ContactInfo::builder(ContactInfoRequired { contact_no :
                                    "office@blue-kettle.example".into(), contact_type :
                                    ContactType::Email }).into()
                                ],
                            )
                            .into(),
                    })
                    .merchant_display_name("Blue Kettle")
                    .logo(
                        Logo::builder(LogoRequired {
                                logo_name: "blue-kettle".into(),
                            })
                            .logo_url("https://blue-kettle.example/logo.png"),
                    )
                    .websites(
                        vec![
                            WebSite::builder(WebSiteRequired { url :
                            "https://blue-kettle.example/".into() }).name("Blue Kettle")
                            .into()
                        ],
                    )
                    .merchant_address(
                        Address::builder(AddressRequired {
                                region: "HK".parse()?,
                            })
                            .city("Hong Kong")
                            .address1("12 Harbour Lane"),
                    )
                    .into(),
                product_codes: vec![ProductCode::InStorePayment],
            })
            .registration_notify_url("https://acquirer.example/notify/registration")
            .pass_through_info("{\"batch\":\"7\"}")
            .store_info(
                StoreRegistrationInfo::builder(StoreRegistrationInfoRequired {
                        reference_store_id: "S0001".into(),
                        store_name: "Blue Kettle, Harbour Lane".into(),
                        store_mcc: "5812".into(),
                        store_address: Address::builder(AddressRequired {
                                region: "HK".parse()?,
                            })
                            .city("Hong Kong")
                            .address1("12 Harbour Lane")
                            .into(),
                    })
                    .fee_tier("01")
                    .store_contacts(
                        vec![
                            StoreContact::builder(StoreContactRequired { full_name :
                            "Ada Example".into(), identification_id : "X000000(0)".into() })
                            .contact_no("85200000000").into()
                        ],
                    ),
            )
            .build()?;
        Ok(request)
    }

    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(payspec_runtime::encode(&*request()?)?)
    }
}

/// Requests as JSON, by the ids of their operations.
pub(crate) type Requests = Vec<(&'static str, Vec<u8>)>;

/// Returns each request as JSON, by the id of its operation.
#[rustfmt::skip]
pub(crate) fn all() -> Result<Requests, Box<dyn Error>> {
    Ok(vec![
        ("cancel", cancel::json()?),
        ("inquiry_payment", inquiry_payment::json()?),
        ("inquiry_refund", inquiry_refund::json()?),
        ("inquiry_registration_info", inquiry_registration_info::json()?),
        ("inquiry_registration_status", inquiry_registration_status::json()?),
        ("pay_entry_code", pay_entry_code::json()?),
        ("pay_order_code", pay_order_code::json()?),
        ("pay_user_presented", pay_user_presented::json()?),
        ("refund", refund::json()?),
        ("registration", registration::json()?),
    ])
}
