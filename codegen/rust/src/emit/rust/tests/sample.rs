//! A small model built by hand, for the tests of the emitter.

use payspec_model::format::{
    Caller, Decide, EmptyText, EnumType, HostRole, Lengths, Method, PendingAction, Read, Scalars,
    Sensitive, SourceKind,
};
use payspec_model::model::*;

fn strength() -> Strength {
    Strength {
        severity: Severity::Error,
        direction: None,
        sources: vec![],
        reason: None,
    }
}

pub(crate) fn constraint(rule: Rule) -> Constraint {
    Constraint {
        rule,
        strength: strength(),
        origin: Origin::default(),
    }
}

pub(crate) fn field(name: &str, ty: Type, required: bool) -> Field {
    Field {
        location: payspec_runtime::Location::Body,
        style: payspec_runtime::Style::Repeat,
        json_type: None,
        nullable: false,
        renamed_from: None,
        name: name.into(),
        description: format!("The {name}"),
        ty,
        required,
        plain: required,
        constraints: vec![],
        required_when: vec![],
        forbidden_when: vec![],
        unknown_limits: vec![],
        sensitive: None,
        since: None,
        deprecated: None,
        default: None,
        example: None,
        rust_name: None,
        page_names: vec![],
        sources: vec![0],
        origin: Origin::default(),
    }
}

pub(crate) fn object(name: &str, fields: Vec<Field>) -> Object {
    Object {
        renamed_from: None,
        name: name.into(),
        description: format!("An object {name}."),
        fields,
        removed_fields: vec![],
        at_least_one_of: vec![],
        amounts: Vec::new(),
        quote: None,
        deprecated: None,
        since: None,
        sources: vec![0],
        origin: Origin::default(),
    }
}

fn code(name: &str, status: &str, next_step: NextStep, resend: Resend) -> Code {
    Code {
        rust_name: None,
        renamed_from: None,
        name: name.into(),
        status: status.into(),
        meaning: format!("Meaning of {name}."),
        action: "Do it.".into(),
        next_step,
        resend,
        refuses: None,
        shared: false,
        deprecated: None,
        sources: vec![0],
        origin: Origin::default(),
    }
}

fn decision(status: &str, decide: Decide, payload: Option<&str>) -> Decision {
    Decision {
        status: status.into(),
        cases: Vec::new(),
        decide,
        name: decide.as_str().into(),
        description: format!("On {status}."),
        payload: payload.map(|name| vec![name.into()]),
        needs: payload
            .map(|name| vec![vec![name.into(), "url".into()]])
            .unwrap_or_default(),
        actions: vec![PendingAction::ResendSame],
        sources: vec![0],
        origin: Origin::default(),
    }
}

fn path(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// An API with one operation that shows each construct once.
pub(crate) fn model() -> Model {
    let (result, form, tree, kind) = (ObjectId(0), ObjectId(1), ObjectId(2), EnumId(0));
    let tree_object = {
        let mut parent = field("parent", Type::Object(tree), false);
        parent.unknown_limits = vec!["max_length"];
        let children = field(
            "children",
            Type::List(Box::new(Element::plain(Type::Object(tree)))),
            false,
        );
        let mut name = field("type", Type::Enum(kind), false);
        name.required_when = vec![Condition {
            test: Some(Test {
                path: path(&["parent"]),
                met: Met::Present,
            }),
            text: None,
            strength: Strength {
                severity: Severity::Warning,
                ..strength()
            },
            origin: Origin::default(),
        }];
        object("Tree", vec![parent, children, name])
    };
    let mut id = field("requestId", Type::String, true);
    id.constraints = vec![constraint(Rule::MaxLength(64))];
    let mut email = field("email", Type::String, false);
    email.sensitive = Some(Sensitive::Pii);
    email.deprecated = Some(Deprecated {
        reason: "It is gone".into(),
        replacement: Some("requestId".into()),
        sunset: None,
        date: None,
    });
    let request = Body {
        media_type: payspec_runtime::MediaType::Json,
        named: vec![],
        object: object(
            "PayRequest",
            vec![id, email, field("tree", Type::Object(tree), false)],
        ),
        refinements: vec![Refinement {
            path: path(&["tree", "children", "*", "type"]),
            note: None,
            constraints: vec![
                constraint(Rule::Required),
                constraint(Rule::Values(vec!["A".into(), "B".into()])),
            ],
            required_when: vec![],
            forbidden_when: vec![],
            default: None,
            sources: vec![0],
            origin: Origin::default(),
        }],
        same_currency: vec![],
    };
    let response = Body {
        media_type: payspec_runtime::MediaType::Json,
        named: vec![],
        object: object(
            "PayResponse",
            vec![
                field("result", Type::Object(result), true),
                field("form", Type::Object(form), false),
                field("paymentId", Type::String, false),
            ],
        ),
        refinements: vec![],
        same_currency: vec![],
    };
    let operation = Operation {
        renamed_from: None,
        id: "pay".into(),
        title: "Pay".into(),
        description: "Pays.".into(),
        method: Method::Post,
        path: "/v1/pay".into(),
        caller: Caller::Merchant,
        encrypted: None,
        each: None,
        event_id: Vec::new(),
        extends: None,
        since: None,
        deprecated: None,
        auth: None,
        request,
        response: Some(response),
        responses: Vec::new(),
        result: Some(ResultHandling {
            status: StatusPlace::Field(path(&["result", "status"])),
            code: vec![path(&["result", "code"])],
            message: None,
            references: vec![path(&["paymentId"])],
            agrees: Vec::new(),
            decisions: vec![
                decision("S", Decide::Redirect, Some("form")),
                decision("F", Decide::Failed, None),
                decision("U", Decide::Pending, None),
            ],
            codes: vec![
                code("SUCCESS", "S", NextStep::Redirect, Resend::Pointless),
                code("UNKNOWN", "U", NextStep::ResendSame, Resend::Safe),
            ],
            shared_codes: SharedCodes::Listed,
            origin: Origin::default(),
        }),
        pagination: None,
        idempotency: Some(Idempotency {
            key: path(&["requestId"]),
            must_repeat: vec![path(&["tree"])],
            settled: vec!["S".into()],
            conflict_code: None,
            lifetime: None,
            description: "The same key gets the same answer.".into(),
            sources: vec![0],
            origin: Origin::default(),
        }),
        examples: vec![],
        waivers: vec![],
        sources: vec![0],
        origin: Origin::default(),
        origins: Default::default(),
    };
    Model {
        files: vec!["spec/shop/api.yaml".into()],
        apis: vec![Api {
            id: "shop".into(),
            folder: "shop".into(),
            title: "Shop".into(),
            description: "Pays in shops.".into(),
            sources: vec![Source {
                tag: "page".into(),
                title: "The page".into(),
                kind: SourceKind::Page,
                read: Read::Whole,
                date: "2023-07-27".into(),
                url: None,
                note: None,
                origin: Origin::default(),
            }],
            servers: vec![Server {
                environment: "production".into(),
                host: None,
                prefix: "/api".into(),
                description: "Money moves.".into(),
                client_id_prefix: None,
                sources: vec![0],
                origin: Origin::default(),
            }],
            hosts: vec![Host {
                region: "Asia".into(),
                host: "asia.example.com".into(),
                role: HostRole::Recommended,
                note: None,
                since: None,
                removed: None,
                sources: vec![0],
                origin: Origin::default(),
            }],
            request_headers: vec![],
            response_headers: vec![],
            wire: Wire {
                scalars: Scalars::Strings,
                empty_text: EmptyText::Forbidden,
                lengths: Lengths::Characters,
                decimals: Default::default(),
                description: None,
                sources: vec![0],
            },
            signature: None,
            credentials: Vec::new(),
            auth: None,
            objects: vec![
                object(
                    "Result",
                    vec![
                        field("status", Type::String, true),
                        field("code", Type::String, false),
                    ],
                ),
                object("Form", vec![field("url", Type::Url, false)]),
                tree_object,
            ],
            unions: vec![],
            enums: vec![Enum {
                renamed_from: None,
                name: "Kind".into(),
                description: "Kinds.".into(),
                ty: EnumType::String,
                open: true,
                values: vec![
                    EnumValue {
                        rust_name: None,
                        renamed_from: None,
                        name: "A".into(),
                        description: "The first.".into(),
                        deprecated: None,
                        sources: vec![0],
                        origin: Origin::default(),
                    },
                    EnumValue {
                        rust_name: None,
                        renamed_from: None,
                        name: "344/446".into(),
                        description: "The second.".into(),
                        deprecated: None,
                        sources: vec![0],
                        origin: Origin::default(),
                    },
                ],
                sources: vec![0],
                origin: Origin::default(),
            }],
            statuses: [
                ("S", StatusClass::Succeeded),
                ("F", StatusClass::Failed),
                ("U", StatusClass::Pending),
            ]
            .map(|(name, class)| Status {
                name: name.into(),
                description: "A status.".into(),
                class,
                sources: vec![0],
                origin: Origin::default(),
            })
            .into(),
            operations: vec![operation],
            bases: vec![],
            flows: vec![],
            disputes: vec![],
            origin: Origin::default(),
        }],
    }
}
