//! The programs of the front page. They only contain names of our own, no text of the spec.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::rust::EmitError;
use crate::emit::rust::client::manner::Manner;
use crate::emit::rust::client::{Proof, RawCalls};
use crate::emit::rust::context::spelled;
use payspec_model::naming::{self, OperationNames};

/// The form of a program in documentation.
pub(super) struct Example {
    fence: &'static str,
    gate: Option<String>,
}

impl Example {
    /// Makes the form of a program that is compiled as a test if all crates that it uses are there, and its
    /// features are on.
    pub(super) fn compiled(has_crates: bool, features: &[&str]) -> Self {
        let features: Vec<String> = features
            .iter()
            .map(|name| format!("feature = \"{name}\""))
            .collect();
        let gate = match features.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            many => Some(format!("all({})", many.join(", "))),
        };
        Example {
            fence: if has_crates { "```no_run" } else { "```ignore" },
            gate,
        }
    }

    /// Returns the lines of the program.
    pub(super) fn lines(&self, blocks: Vec<TokenStream>) -> Result<Vec<String>, EmitError> {
        let mut lines = vec![self.fence.to_owned(), "# #![allow(unused)]".to_owned()];
        lines.extend(self.gate.iter().map(|gate| format!("# #[cfg({gate})] {{")));
        for (index, block) in blocks.into_iter().enumerate() {
            if index > 0 {
                lines.push(String::new());
            }
            let text = prettyplease::unparse(&syn::parse2(block)?);
            lines.extend(text.lines().map(str::to_owned));
        }
        lines.extend(self.gate.iter().map(|_| "# }".to_owned()));
        lines.push("```".to_owned());
        Ok(lines)
    }
}

/// The request that a first payment or call starts with.
pub(super) struct Begun<'a> {
    pub(super) names: &'a OperationNames,
    /// True if its builder is made from required fields.
    pub(super) has_required: bool,
    /// The module of the payment's flow.
    pub(super) life: Option<&'a str>,
}

/// The names of the crate and of the API's module.
pub(super) struct PageNames {
    crate_name: Ident,
    api: Ident,
    raw: RawCalls,
    proof: Proof,
}

impl PageNames {
    pub(super) fn new(crate_name: &str, api: &str, raw: RawCalls, proof: Proof) -> Self {
        let [crate_name, api] = [crate_name, api].map(naming::ident);
        PageNames {
            crate_name,
            api,
            raw,
            proof,
        }
    }

    /// Generates a first payment or call that blocks.
    pub(super) fn first(&self, begun: &Begun<'_>) -> Vec<TokenStream> {
        self.beginning(
            begun,
            Manner::Blocking,
            &quote!(Ureq),
            &quote!(Ureq::default()),
        )
    }

    /// Generates a first payment or call that does not block.
    pub(super) fn first_async(&self, begun: &Begun<'_>) -> Vec<TokenStream> {
        let made = quote!(Reqwest::new()?, TokioClock);
        self.beginning(begun, Manner::Async, &quote!(Reqwest), &made)
    }

    fn beginning(
        &self,
        begun: &Begun<'_>,
        manner: Manner,
        transport: &TokenStream,
        made: &TokenStream,
    ) -> Vec<TokenStream> {
        let PageNames {
            crate_name, api, ..
        } = self;
        let OperationNames {
            module, request, ..
        } = begun.names;
        let required = naming::ident(&naming::required_companion(request));
        let [module, request] = [module, request].map(|name| naming::ident(name));
        let [client, _] = manner.names();
        let (asyncness, awaited) = (manner.asyncness(), manner.awaited());
        let clock = match manner {
            Manner::Blocking => quote!(),
            Manner::Async => quote!(, TokioClock),
        };
        let (import, parameter, built) = match begun.has_required {
            true => (
                quote!({#request, #required}),
                quote!(required: #required,),
                quote!(#request::builder(required)),
            ),
            false => (quote!(#request), quote!(), quote!(#request::builder())),
        };
        let (imported, read, connect) = self.connect(&client, transport, made);
        let imports = quote! {
            use #crate_name::#api::{client::#imported, #module::#import};
            use payspec_runtime::client::{FileJournal, #transport #clock};
            use std::#read;
        };
        let body = match begun.life {
            Some(life) => {
                let life = naming::ident(life);
                let show = quote!(&mut payment, |shown| println!("show the payer {shown:?}"));
                let settle = self.raw.call(manner, "settle", &show);
                let close = self.raw.call(manner, "close", &quote!(&payment));
                quote! {
                    let mut payment = client.#life(request)#awaited?;
                    let ending = #settle?;
                    println!("{}: {ending}", payment.id());
                    #close?;
                }
            }
            None => quote! {
                let outcome = client.#module(request)#awaited?;
                println!("{outcome:?}");
            },
        };
        let (name, about) = match begun.life {
            Some(_) => (
                "pay",
                " Pays: `Paid`, `NotPaid`, or `InDoubt` when people have to find out.",
            ),
            None => (
                "call",
                " Calls: what is decided, or an error that says whether the request may have arrived.",
            ),
        };
        let name = naming::ident(name);
        let run = quote! {
            #[doc = #about]
            #asyncness fn #name(client: &#client<#transport>, #parameter) -> Result<(), Box<dyn Error>> {
                let request = #built.build()?;
                #body
                Ok(())
            }
        };
        vec![imports, connect, run]
    }

    /// Returns what is imported from the module of the clients and from the standard library, and the function that
    /// makes a client.
    fn connect(
        &self,
        client: &Ident,
        transport: &TokenStream,
        made: &TokenStream,
    ) -> (TokenStream, TokenStream, TokenStream) {
        match self.proof {
            Proof::Signature => (
                quote!(#client),
                quote!({error::Error, fs::read_to_string}),
                quote! {
                    #[doc = " The environment follows from the client id. A key is a PEM file, or its base64 text."]
                    fn connect(url: &str, client_id: &str) -> Result<#client<#transport>, Box<dyn Error>> {
                        let client = #client::from_keys(
                            url,
                            client_id,
                            &read_to_string("own-private-key.pem")?,
                            &read_to_string("providers-public-key.pem")?,
                            #made,
                        )?;
                        Ok(client.journal(FileJournal::open("payments.journal")?))
                    }
                },
            ),
            Proof::Credentials => (
                quote!({#client, Credentials}),
                quote!(error::Error),
                quote! {
                    #[doc = " Read the credentials from where secrets are kept, never from the source."]
                    fn connect(
                        url: &str,
                        credentials: &Credentials,
                    ) -> Result<#client<#transport>, Box<dyn Error>> {
                        let client = #client::from_credentials(url, credentials, #made)?;
                        Ok(client.journal(FileJournal::open("payments.journal")?))
                    }
                },
            ),
        }
    }

    /// Generates what a program does when it starts again, for a flow: its id and its module.
    pub(super) fn restart(&self, (id, life): (&str, &str)) -> Result<Vec<TokenStream>, EmitError> {
        let PageNames {
            crate_name, api, ..
        } = self;
        let variant = naming::ident(&spelled(id, naming::variant_name(id))?);
        let life = naming::ident(life);
        let imports = quote! {
            use #crate_name::#api::{client::{Client, Unfinished}, #life::Payment};
            use payspec_runtime::client::Transport;
            use std::error::Error;
        };
        let settle = quote!(&mut payment, |_| ());
        let settle = self.raw.call(Manner::Blocking, "settle", &settle);
        let close = self.raw.call(Manner::Blocking, "close", &quote!(&payment));
        let resume = quote! {
            fn resume<T: Transport>(client: &Client<T>) -> Result<(), Box<dyn Error>> {
                for found in client.unfinished()? {
                    match found {
                        Ok(Unfinished::#variant(mut payment)) => {
                            let ending = #settle?;
                            println!("{}: {ending}", payment.id());
                            #close?;
                        }
                        Ok(other) => eprintln!("go on with {other:?}"),
                        Err(error) => eprintln!("ask the provider: {error}"),
                    }
                }
                Ok(())
            }
        };
        Ok(vec![imports, resume])
    }

    /// Generates the receipt of a notification. The reply is the documented one, if there is one.
    pub(super) fn notified(
        &self,
        names: &OperationNames,
        is_documented: bool,
        is_batch: bool,
    ) -> Vec<TokenStream> {
        let PageNames {
            crate_name, api, ..
        } = self;
        let [module, request, response] =
            [&names.module, &names.request, &names.response].map(|name| naming::ident(name));
        let (message, valid, parameter, replied) = match is_documented {
            true => (
                quote!(#request),
                None,
                None,
                quote!(envelope.accept(&received, now)?),
            ),
            false => (
                quote!({#request, #response}),
                Some(quote!(
                    use payspec_runtime::Valid;
                )),
                Some(quote!(reply: &Valid<#response>,)),
                quote!(envelope.acknowledge(&received, reply, now)?),
            ),
        };
        let (envelope, imported) = (self.proof.envelope(), self.proof.imported());
        let imports = quote! {
            use #crate_name::#api::#module::#message;
            #valid
            use payspec_runtime::client::{Envelope #imported, http::{Request, Response}};
            use std::{error::Error, time::SystemTime};
        };
        let (acted, replied) = match is_batch {
            true => (
                quote! {
                    let batch = envelope.receive_batch::<#request>(request, now)?;
                    for received in batch.received() {
                        println!("book {} once: {:?}", received.id, received.outcome);
                    }
                },
                quote!(envelope.acknowledge_batch(&batch, now)?),
            ),
            false => (
                quote! {
                    let received = envelope.receive::<#request>(request, now)?;
                    println!("book {:?}", received.outcome);
                },
                replied,
            ),
        };
        let notified = quote! {
            fn notified(
                envelope: &#envelope,
                request: &Request<Vec<u8>>,
                #parameter
            ) -> Result<Response<Vec<u8>>, Box<dyn Error>> {
                let now = SystemTime::now();
                #acted
                Ok(#replied)
            }
        };
        vec![imports, notified]
    }

    /// Generates a client of a gateway in the same process.
    pub(super) fn tested(&self) -> Vec<TokenStream> {
        let PageNames {
            crate_name, api, ..
        } = self;
        let imports = quote! {
            use #crate_name::#api::client::Client;
            use payspec_mock::MockGateway;
            use payspec_runtime::client::Ureq;
            use std::{error::Error, path::Path};
        };
        let start = match self.proof {
            Proof::Signature => tested_with_keys(),
            Proof::Credentials => tested_with_credentials(),
        };
        vec![imports, start]
    }
}

fn tested_with_keys() -> TokenStream {
    quote! {
            #[doc = " On a free port, with keys of its own. It stops when it is dropped."]
            fn start(client_id: &str) -> Result<(MockGateway, Client<Ureq>), Box<dyn Error>> {
                let spec = payspec_model::load(Path::new("spec"));
                let gateway = MockGateway::start(spec.model.ok_or("the spec has errors")?)?;
                let (url, keys) = (gateway.url(), gateway.keys());
                let (own, providers) = (&keys.client.private, &keys.gateway.public);
                let client = Client::from_keys(&url, client_id, own, providers, Ureq::default())?;
                Ok((gateway, client))
            }
    }
}

fn tested_with_credentials() -> TokenStream {
    quote! {
        #[doc = " On a free port, with credentials of its own. It stops when it is dropped."]
        fn start() -> Result<(MockGateway, Client<Ureq>), Box<dyn Error>> {
            let spec = payspec_model::load(Path::new("spec"));
            let gateway = MockGateway::start(spec.model.ok_or("the spec has errors")?)?;
            let credentials = gateway.credentials();
            let client = Client::from_credentials(&gateway.url(), credentials, Ureq::default())?;
            Ok((gateway, client))
        }
    }
}
