//! The outcome of an incoming message: an enum, and the method that decides it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::EmitError;
use super::access::Access;
use super::arms::{Arms, Step};
use super::client::reference;
use super::context::{Context, spelled};
use super::decision::{Content, Ruling};
use super::docs::Docs;
use super::status_text::StatusText;
use payspec_model::format::{Caller, Decide};
use payspec_model::model::{Body, Operation, ResultHandling, StatusPlace};
use payspec_model::naming::{self, OperationNames};

/// The enum of a message's outcomes, and `outcome()`.
pub(super) struct Outcome {
    outcome: Ident,
    judged: Ident,
    /// The type of the codes; `()` if there are none.
    codes: TokenStream,
    has_codes: bool,
    variants: Vec<Variant>,
    arms: Arms,
    status: StatusText,
    code: TokenStream,
    message: TokenStream,
    references: Vec<TokenStream>,
    undecided: Undecided,
    docs: Wording,
    pending: Docs,
}

/// A variant other than `Pending`.
struct Variant {
    ident: Ident,
    content: Content,
    docs: Docs,
}

/// The content of the variant `Pending`.
enum Undecided {
    /// The request can be sent again: its type, and the name of the reference that repeats its key.
    Request { ident: Ident, key: Option<String> },
    /// No request can be sent again.
    Nothing,
}

/// The documentation of `undecided()`.
const UNDECIDED: &str = "The outcome of the request when it must not be judged: a value that must agree with what the \
                         merchant asked for is there and cannot be read.";

/// The word for the message in the documentation.
enum Wording {
    Answer,
    Request,
}

impl Outcome {
    /// Makes the outcome of an operation from the judged body.
    pub(super) fn new(
        context: &Context<'_>,
        names: &OperationNames,
        operation: &Operation,
        body: &Body,
        result: &ResultHandling,
    ) -> Result<Self, EmitError> {
        let access = |path: &[String]| Access::new(context, &body.object, path);
        let text = |path: &[String]| -> Result<TokenStream, EmitError> {
            let text = access(path)?.and_then(|access| access.text());
            Ok(text.unwrap_or_else(|| quote!(None)))
        };
        let word = |path: &[String]| -> Result<TokenStream, EmitError> {
            let word = access(path)?.and_then(|access| access.text_or_empty());
            Ok(word.unwrap_or_else(|| quote!("")))
        };
        let status = match &result.status {
            StatusPlace::Field(path) => StatusText::Of(word(path)?),
            StatusPlace::HttpStatus => StatusText::Http {
                cases: result.statuses().into_iter().map(str::to_owned).collect(),
                responses: operation.responses.clone(),
            },
            StatusPlace::Always(status) => StatusText::Of(quote!(#status)),
        };
        let text_of = |path: &[String]| -> Result<TokenStream, EmitError> {
            Ok(status.only_where(path, text(path)?, &quote!(None)))
        };
        let word_of = |path: &[String]| -> Result<TokenStream, EmitError> {
            Ok(status.only_where(path, word(path)?, &quote!("")))
        };
        let references = result
            .references
            .iter()
            .map(|path| Ok(reference(context.api, path, &text_of(path)?)));
        let references = references
            .filter_map(Result::transpose)
            .collect::<Result<_, EmitError>>()?;
        let codes = result.code.iter().map(|path| word_of(path));
        let code = match codes.collect::<Result<Vec<_>, _>>()?.as_slice() {
            [] => quote!(""),
            [code] => code.clone(),
            codes => quote!(::payspec_runtime::first_code(&[#(#codes),*])),
        };
        let message = result
            .message
            .as_deref()
            .map_or(Ok(quote!(None)), text_of)?;
        let (judged, docs) = match operation.caller {
            Caller::Merchant => (&names.response, Wording::Answer),
            Caller::Provider => (&names.request, Wording::Request),
        };
        let mut outcome = Outcome {
            outcome: naming::ident(&names.outcome),
            judged: naming::ident(judged),
            has_codes: !result.code.is_empty(),
            codes: match result.code.is_empty() {
                false => naming::ident(&names.result_code).into_token_stream(),
                true => quote!(()),
            },
            variants: Vec::new(),
            arms: Arms::default(),
            status,
            code,
            message,
            references,
            undecided: Undecided::new(names, operation, result),
            docs,
            pending: pending_docs(result),
        };
        for decision in &result.decisions {
            let steps = decision.cases.iter().map(|case| {
                let text = word(&case.by)?;
                Ok(Step { case, text })
            });
            let way = steps.collect::<Result<Vec<_>, EmitError>>()?;
            let decided = match Ruling::new(context, body, decision)? {
                Some(ruling) => Some(outcome.decide(ruling)?),
                None => None,
            };
            outcome.arms.add(&decision.status, &way, decided);
        }
        Ok(outcome)
    }

    /// Returns whether the HTTP status decides.
    pub(super) fn is_by_http_status(&self) -> bool {
        match &self.status {
            StatusText::Http { .. } => true,
            StatusText::Of(_) => false,
        }
    }

    /// Returns the variants of failures.
    pub(super) fn failures(&self) -> impl Iterator<Item = &Ident> {
        let variants = self.variants.iter();
        let failures = variants.filter(|variant| matches!(variant.content, Content::Failure));
        failures.map(|variant| &variant.ident)
    }

    /// Returns all other variants except `Pending`, with their patterns.
    pub(super) fn settled(&self) -> impl Iterator<Item = (&Ident, TokenStream)> {
        self.variants.iter().filter_map(|variant| {
            let ident = &variant.ident;
            match variant.content {
                Content::Nothing => Some((ident, quote!(#ident))),
                Content::Payload(_) => Some((ident, quote!(#ident(_)))),
                Content::Failure => None,
            }
        })
    }

    /// Adds the variant of a ruling, and returns the expression of its outcome. Rulings with the same name
    /// share a variant.
    fn decide(&mut self, ruling: Ruling) -> Result<TokenStream, EmitError> {
        let ident = naming::ident(&spelled(&ruling.name, naming::variant_name(&ruling.name))?);
        // Without a code it is `()`, which is copied.
        let code = match self.has_codes {
            true => quote!(code.clone()),
            false => quote!(code),
        };
        let decided = ruling.decided(&self.outcome, &ident, &code);
        let is_new = !self.variants.iter().any(|variant| variant.ident == ident);
        if is_new {
            let Ruling { content, docs, .. } = ruling;
            self.variants.push(Variant {
                ident,
                content,
                docs,
            });
        }
        Ok(decided)
    }

    /// Generates the statements that read the status and the code.
    fn status_and_code(&self) -> TokenStream {
        let Outcome {
            status,
            code,
            codes,
            has_codes,
            ..
        } = self;
        let code = match has_codes {
            true => quote!(<#codes as ::payspec_runtime::ResultCode>::parse(#code)),
            false => quote!(()),
        };
        let is_read = *has_codes || !self.references.is_empty() || !self.arms.is_empty();
        let response = status.response().filter(|_| is_read);
        let status = status.read();
        quote! {
            #status
            #response
            let code = #code;
        }
    }

    /// Generates the expression of an unknown outcome, after the status and the code were read.
    fn pending(&self) -> TokenStream {
        let Outcome {
            outcome,
            references,
            undecided,
            ..
        } = self;
        let content = undecided.content();
        quote! {
            let references = &[#(#references),*];
            #outcome::Pending(#content)
        }
    }

    /// Generates the body of `outcome()`, given the expression of an unknown outcome.
    fn decided(&self, pending: &TokenStream) -> TokenStream {
        let (read, arms, message) = (self.status_and_code(), &self.arms, self.message());
        let case = self.status.case();
        quote! {
            #read
            #message
            let decided = match #case {
                #arms
                _ => None,
            };
            decided.unwrap_or_else(|| #pending)
        }
    }

    /// Generates the methods that judge the message.
    fn methods(&self) -> TokenStream {
        let Outcome {
            outcome,
            arms,
            docs,
            ..
        } = self;
        let (read, pending) = (self.status_and_code(), self.pending());
        let (body, undecided) = match docs {
            Wording::Answer if arms.is_empty() => (quote!(#read #pending), None),
            Wording::Answer => (self.decided(&quote!({ #pending })), None),
            // The receiver of a notification decides whether it may be judged at all.
            Wording::Request => {
                let call = quote!(self.undecided());
                let body = match arms.is_empty() {
                    true => call,
                    false => self.decided(&call),
                };
                let mut docs = Docs::default();
                docs.own(UNDECIDED);
                let method = quote! {
                    #docs
                    pub fn undecided(&self) -> #outcome {
                        #read
                        #pending
                    }
                };
                (body, Some(method))
            }
        };
        let mut docs = docs.of_method();
        self.status.describe(&mut docs);
        let http_status = self.status.parameter();
        quote! {
            #docs
            pub fn outcome(&self #http_status) -> #outcome {
                #body
            }

            #undecided
        }
    }

    /// Generates the statement that reads the message text, if a failure needs it.
    fn message(&self) -> Option<TokenStream> {
        let message = &self.message;
        let is_failure = |variant: &Variant| matches!(variant.content, Content::Failure);
        let needed = self.variants.iter().any(is_failure);
        needed.then(|| quote!(let message: Option<&str> = #message;))
    }
}

impl Undecided {
    fn new(names: &OperationNames, operation: &Operation, result: &ResultHandling) -> Self {
        match (operation.caller, &operation.idempotency) {
            (Caller::Merchant, Some(rule)) => {
                // The reference in the answer that corresponds to the key in the request.
                let mut references = result.references.iter();
                let key = references.find(|path| **path == rule.key);
                Undecided::Request {
                    ident: naming::ident(&names.request),
                    key: key.and_then(|path| path.last()).cloned(),
                }
            }
            (Caller::Merchant, None) | (Caller::Provider, _) => Undecided::Nothing,
        }
    }

    fn ty(&self, codes: &TokenStream) -> TokenStream {
        match self {
            Undecided::Request { ident, .. } => quote!(::payspec_runtime::Pending<#ident, #codes>),
            Undecided::Nothing => quote!(::payspec_runtime::Undecided<#codes>),
        }
    }

    fn content(&self) -> TokenStream {
        match self {
            Undecided::Request { key: Some(key), .. } => {
                quote!(::payspec_runtime::Pending::new(code, status, references, Some(#key)))
            }
            Undecided::Request { key: None, .. } => {
                quote!(::payspec_runtime::Pending::new(
                    code, status, references, None
                ))
            }
            Undecided::Nothing => {
                quote!(::payspec_runtime::Undecided::new(code, status, references))
            }
        }
    }
}

fn pending_docs(result: &ResultHandling) -> Docs {
    let mut docs = Docs::default();
    docs.own("Nobody knows yet.");
    for decision in &result.decisions {
        if decision.decide == Decide::Pending && decision.cases.is_empty() {
            docs.text(&decision.description);
        }
    }
    docs
}

impl Wording {
    fn of_enum(&self) -> Docs {
        let mut docs = Docs::default();
        docs.own(match self {
            Wording::Answer => "The decision of an answer.",
            Wording::Request => "The decision of a notification.",
        });
        docs
    }

    fn of_method(&self) -> Docs {
        let mut docs = Docs::default();
        docs.own(match self {
            Wording::Answer => {
                "Returns the decision of the answer. Anything unclear is pending: a status that is not \
                 documented, a code that belongs to another status, an answer that does not carry \
                 what its status promises."
            }
            Wording::Request => {
                "Returns the decision of the notification. Anything unclear is pending: a status that is not \
                 documented, a code that belongs to another status, a request that does not carry \
                 what its status promises."
            }
        });
        docs
    }
}

impl ToTokens for Outcome {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Outcome {
            outcome,
            judged,
            codes,
            pending,
            ..
        } = self;
        let variants = self.variants.iter().map(|variant| variant.tokens(codes));
        let undecided = self.undecided.ty(codes);
        let (of_enum, methods) = (self.docs.of_enum(), self.methods());
        tokens.extend(quote! {
            #of_enum
            #[derive(Debug, Clone, PartialEq)]
            #[must_use = "a call that failed or is still open comes to an outcome as well"]
            pub enum #outcome {
                #(#variants,)*
                #pending
                Pending(#undecided),
            }

            impl #judged {
                #methods
            }
        });
    }
}

impl Variant {
    fn tokens(&self, codes: &TokenStream) -> TokenStream {
        let Variant {
            ident,
            content,
            docs,
        } = self;
        let content = match content {
            Content::Nothing => quote!(),
            Content::Payload(ty) => quote!((#ty)),
            Content::Failure => quote!((::payspec_runtime::Failed<#codes>)),
        };
        quote!(#docs #ident #content)
    }
}
