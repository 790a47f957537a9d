//! Digests of the code of shared types without its comments: of two models, only the types whose code
//! differs have to be printed, and printing is what takes the time.

use std::collections::HashSet;
use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hasher};

use quote::ToTokens;

use super::api::Types;
use super::context::Context;
use super::enum_::StringEnum;
use super::struct_::Struct;
use super::union::UnionEnum;
use super::{EmitError, Options};
use payspec_model::model::Model;

/// The shared types of a model, each with the digest of its code.
pub(super) struct Digests<'m> {
    apis: Vec<Api<'m>>,
}

/// The shared types of an API: digests in the order of its objects, enums and unions.
struct Api<'m> {
    id: &'m str,
    types: Types,
    objects: Vec<u64>,
    enums: Vec<u64>,
    unions: Vec<u64>,
}

/// Computes the digests of a model's shared types.
pub(super) fn of_types<'m>(model: &'m Model, options: &Options) -> Result<Digests<'m>, EmitError> {
    let apis = model.apis.iter().map(|api| {
        let context = Context::without_comments(api, options)?;
        let types = Types::all(api);
        let objects = types.objects.iter();
        let objects = objects.map(|id| Ok(digest(Struct::shared(&context, *id)?)));
        let enums = types.enums.iter();
        let enums = enums.map(|id| Ok(digest(StringEnum::new(&context, *id)?)));
        let unions = types.unions.iter();
        let unions = unions.map(|id| Ok(digest(UnionEnum::new(&context, *id)?)));
        Ok(Api {
            id: &api.id,
            objects: objects.collect::<Result<_, EmitError>>()?,
            enums: enums.collect::<Result<_, EmitError>>()?,
            unions: unions.collect::<Result<_, EmitError>>()?,
            types,
        })
    });
    let apis = apis.collect::<Result<_, EmitError>>()?;
    Ok(Digests { apis })
}

impl Digests<'_> {
    /// Returns the types of each API that the other model does not have with the same code.
    pub(super) fn without(&self, other: &Self) -> Vec<Types> {
        let apis = self.apis.iter().map(|api| {
            let other = other.apis.iter().find(|other| other.id == api.id);
            let known: HashSet<u64> = other
                .into_iter()
                .flat_map(|other| {
                    let all = other.objects.iter().chain(&other.enums);
                    all.chain(&other.unions).copied()
                })
                .collect();
            let Types {
                objects,
                enums,
                unions,
            } = &api.types;
            Types {
                objects: unknown(objects, &api.objects, &known),
                enums: unknown(enums, &api.enums, &known),
                unions: unknown(unions, &api.unions, &known),
            }
        });
        apis.collect()
    }
}

fn unknown<Id: Copy>(ids: &[Id], digests: &[u64], known: &HashSet<u64>) -> Vec<Id> {
    let own = ids.iter().zip(digests);
    let own = own.filter(|(_, digest)| !known.contains(digest));
    own.map(|(id, _)| *id).collect()
}

fn digest(item: impl ToTokens) -> u64 {
    let mut digest = Digest(DefaultHasher::new());
    // A hasher takes whatever is written to it.
    let _ = write!(digest, "{}", item.to_token_stream());
    digest.0.finish()
}

/// Takes text without keeping it.
struct Digest(DefaultHasher);

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
