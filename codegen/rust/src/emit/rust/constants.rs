//! Facts about an API or operation that need no type: names, paths, hosts.

use payspec_model::pointer::pointer;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::docs::Docs;
use super::summary;
use payspec_model::format::{Caller, HostRole, SignatureAlgorithm, SignatureEncoding};
use payspec_model::model::{Api, Header, Operation, Signature, StatusClass};

/// One constant.
pub(super) struct Constant {
    ident: Ident,
    docs: Docs,
    ty: TokenStream,
    value: TokenStream,
}

impl Constant {
    fn new(name: &str, docs: &str, ty: TokenStream, value: TokenStream) -> Self {
        let mut text = Docs::default();
        text.own(docs);
        Constant {
            ident: Ident::new(name, Span::call_site()),
            docs: text,
            ty,
            value,
        }
    }

    fn text(name: &str, docs: &str, value: &str) -> Self {
        Self::new(name, docs, quote!(&str), quote!(#value))
    }

    /// Makes a constant with a list of texts. It also exists when the list is empty, so that code that
    /// names it still compiles after the last text is removed.
    fn texts(name: &str, docs: &str, values: &[String]) -> Self {
        Self::new(name, docs, quote!(&[&str]), quote!(&[#(#values),*]))
    }

    /// Makes a constant with a list of pairs, which may be empty.
    fn pairs(name: &str, docs: &str, second: TokenStream, pairs: &[TokenStream]) -> Self {
        let ty = quote!(&[(&str, #second)]);
        Self::new(name, docs, ty, quote!(&[#(#pairs),*]))
    }

    /// Makes a constant with headers and whether each is required; the documentation lists their rules.
    fn headers(name: &str, docs: &str, headers: &[Header]) -> Self {
        let pairs = headers.iter().map(|header| {
            let (name, required) = (&header.name, header.required);
            quote!((#name, #required))
        });
        let pairs: Vec<TokenStream> = pairs.collect();
        let mut constant = Self::pairs(name, docs, quote!(bool), &pairs);
        let rules = headers.iter().filter_map(summary::header);
        constant.docs.list(rules);
        constant
    }
}

impl ToTokens for Constant {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Constant {
            ident,
            docs,
            ty,
            value,
        } = self;
        tokens.extend(quote!(#docs pub const #ident: #ty = #value;));
    }
}

/// Returns the constants of an operation.
pub(super) fn of_operation(operation: &Operation) -> Vec<Constant> {
    let path = match operation.caller {
        Caller::Merchant => "The path behind the API's prefix.",
        Caller::Provider => {
            "The path that the provider calls. A name in braces is the field in which it got the address."
        }
    };
    let mut constants = vec![
        Constant::text("METHOD", "The HTTP method.", operation.method.as_str()),
        Constant::text("PATH", path, &operation.path),
    ];
    if let Some(rule) = &operation.idempotency {
        constants.push(Constant::text(
            "IDEMPOTENCY_KEY",
            "JSON Pointer, in the request, of the key by which a repeated request is recognised.",
            &pointer(&rule.key),
        ));
        let repeated: Vec<String> = rule.must_repeat.iter().map(|path| pointer(path)).collect();
        constants.push(Constant::texts(
            "MUST_REPEAT",
            "JSON Pointers, in the request, of what must be the same when the key is.",
            &repeated,
        ));
    }
    constants
}

/// Returns the constants of an API.
pub(super) fn of_api(api: &Api) -> Vec<Constant> {
    let text = || quote!(&str);
    let prefixes: Vec<_> = api
        .servers
        .iter()
        .map(|prefix| {
            let (environment, prefix) = (&prefix.environment, &prefix.prefix);
            quote!((#environment, #prefix))
        })
        .collect();
    let hosts = |role: HostRole| -> Vec<TokenStream> {
        let hosts = api.hosts.iter();
        let hosts = hosts.filter(|host| host.role == role && host.removed.is_none());
        let hosts = hosts.map(|host| (&host.region, &host.host));
        // The host of an address is the only one of its environment.
        let servers = api.servers.iter().filter(|_| role == HostRole::Recommended);
        let servers =
            servers.filter_map(|server| Some((&server.environment, server.host.as_ref()?)));
        let hosts = hosts.chain(servers);
        hosts
            .map(|(region, host)| quote!((#region, #host)))
            .collect()
    };
    let statuses: Vec<_> = api
        .statuses
        .iter()
        .map(|status| {
            let name = &status.name;
            let class = class(status.class);
            quote!((#name, #class))
        })
        .collect();
    let constants = [
        Constant::pairs(
            "PATH_PREFIXES",
            "The path prefix of an operation, by environment.",
            text(),
            &prefixes,
        ),
        Constant::pairs(
            "RECOMMENDED_HOSTS",
            "The hosts to choose, by region.",
            text(),
            &hosts(HostRole::Recommended),
        ),
        Constant::pairs(
            "ORDINARY_HOSTS",
            "Other hosts that serve the API, by region.",
            text(),
            &hosts(HostRole::Ordinary),
        ),
        Constant::headers(
            "REQUEST_HEADERS",
            "Headers of a request, and whether each must be there.",
            &api.request_headers,
        ),
        Constant::headers(
            "RESPONSE_HEADERS",
            "Headers of a response, and whether each must be there.",
            &api.response_headers,
        ),
        Constant::new(
            "STATUSES",
            "The statuses, and what each says about a call.",
            quote!(&[(&str, ::payspec_runtime::StatusClass)]),
            quote!(&[#(#statuses),*]),
        ),
    ];
    let mut constants = Vec::from(constants);
    constants.extend(api.signature.iter().flat_map(of_signature));
    constants
}

/// Returns the constants of the signing rules.
fn of_signature(signature: &Signature) -> Vec<Constant> {
    let steps: Vec<String> = signature
        .encoding
        .iter()
        .map(|step| encoding(*step).to_owned())
        .collect();
    let bits = Literal::u32_unsuffixed(signature.key_bits);
    vec![
        Constant::text(
            "SIGNATURE_ALGORITHM",
            "The signature algorithm of messages.",
            algorithm(signature.algorithm),
        ),
        Constant::text(
            "SIGNATURE_ALGORITHM_NAME",
            "The name of the algorithm in the header.",
            &signature.algorithm_name,
        ),
        Constant::new(
            "SIGNATURE_KEY_BITS",
            "Bits of the modulus of a key.",
            quote!(u32),
            quote!(#bits),
        ),
        Constant::text(
            "SIGNED_REQUEST",
            "The signed content of a request; the parts in braces are filled in.",
            &signature.request_content,
        ),
        Constant::text(
            "SIGNED_RESPONSE",
            "The signed content of a response; the parts in braces are filled in.",
            &signature.response_content,
        ),
        Constant::texts(
            "SIGNATURE_ENCODING",
            "Steps from the bytes of a signature to its text.",
            &steps,
        ),
        Constant::text(
            "SIGNATURE_HEADER",
            "The header that carries the signature.",
            &signature.header,
        ),
        Constant::texts(
            "SIGNATURE_HEADER_KEYS",
            "The keys of the pairs in that header, in order.",
            &signature.header_keys,
        ),
    ]
}

fn algorithm(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1V15Sha256 => "rsa_pkcs1_v15_sha256",
    }
}

fn encoding(step: SignatureEncoding) -> &'static str {
    match step {
        SignatureEncoding::Base64 => "base64",
        SignatureEncoding::FormUrlencoded => "form_urlencoded",
    }
}

/// Returns the path of a status class.
pub(super) fn class(class: StatusClass) -> TokenStream {
    match class {
        StatusClass::Succeeded => quote!(::payspec_runtime::StatusClass::Succeeded),
        StatusClass::Failed => quote!(::payspec_runtime::StatusClass::Failed),
        StatusClass::Pending => quote!(::payspec_runtime::StatusClass::Pending),
    }
}
