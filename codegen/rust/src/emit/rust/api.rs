//! The files of an API: its module, its shared types, its operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{self, Recipe, has_client};
use super::context::{Context, spelled};
use super::docs::{Docs, code, prose, sentence};
use super::enum_::StringEnum;
use super::file::SourceFile;
use super::struct_::Struct;
use super::union::UnionEnum;
use super::{EmitError, Options, Root, constants, flow, operation};
use crate::emit::GeneratedFile;
use payspec_model::model::{Api, EnumId, ObjectId, UnionId};
use payspec_model::naming;

/// Returns the name of an API's module.
pub(super) fn module(api: &Api) -> Result<String, EmitError> {
    spelled(&api.id, naming::module_name(&api.id))
}

/// The shared types of an API that are generated.
pub(super) struct Types {
    pub(super) objects: Vec<ObjectId>,
    pub(super) enums: Vec<EnumId>,
    pub(super) unions: Vec<UnionId>,
}

impl Types {
    /// Returns all shared types of an API.
    pub(super) fn all(api: &Api) -> Self {
        Types {
            objects: (0..api.objects.len()).map(ObjectId).collect(),
            enums: (0..api.enums.len()).map(EnumId).collect(),
            unions: (0..api.unions.len()).map(UnionId).collect(),
        }
    }
}

/// Generates the files of an API, with these shared types.
pub(super) fn files(
    api: &Api,
    types: &Types,
    options: &Options,
) -> Result<Vec<GeneratedFile>, EmitError> {
    let context = Context::new(api, options)?;
    let folder = module(api)?;
    let mut files = vec![module_file(&context, &folder, options)?];
    if has_types(api) {
        files.push(types_file(&context, types, &folder, options)?);
    }
    for operation in &api.operations {
        files.push(operation::file(&context, operation, &folder, options)?);
    }
    for flow in &api.flows {
        files.extend(flow::files(&context, flow, &folder, options)?);
    }
    if options.client.cfg_feature().is_some() && has_client(api) {
        files.push(client::file(&context, &folder, options)?);
    }
    Ok(files)
}

fn has_types(api: &Api) -> bool {
    // A union has objects.
    !(api.objects.is_empty() && api.enums.is_empty())
}

fn module_file(
    context: &Context<'_>,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let Context {
        api, cfg_features, ..
    } = context;
    let mut file = SourceFile::new(options);
    file.head(docs(api), allowed(options))?;
    let mut modules = Vec::new();
    if has_types(api) {
        let (cfg_feature, module) = (cfg_features.types(), naming::ident(naming::TYPES_MODULE));
        modules.push(quote!(#cfg_feature pub mod #module;));
    }
    for (index, operation) in api.operations.iter().enumerate() {
        let cfg_feature = cfg_features.operation(index);
        let module = naming::ident(&operation::names(operation)?.module);
        modules.push(quote!(#cfg_feature pub mod #module;));
    }
    for (index, flow) in api.flows.iter().enumerate() {
        let cfg_feature = cfg_features.flow(index);
        let module = naming::ident(&flow::module(flow)?);
        modules.push(quote!(#cfg_feature pub mod #module;));
    }
    let recipe = options.client.cfg_feature().zip(Recipe::of(api));
    if let Some((cfg_feature, _)) = &recipe {
        let module = naming::ident(naming::CLIENT_MODULE);
        modules.push(quote!(#cfg_feature pub mod #module;));
    }
    file.block(quote!(#(#modules)*))?;
    for constant in constants::of_api(api) {
        file.items(constant)?;
    }
    if let Some((cfg_feature, recipe)) = recipe {
        let constant = recipe.constant();
        file.items(quote!(#cfg_feature #constant))?;
    }
    Ok(GeneratedFile {
        path: format!("{folder}/mod.rs"),
        contents: file.finish(),
    })
}

/// Returns the lints that are allowed in the modules of an API: deprecated items are still read and
/// written, names and shapes are the provider's, and a program that includes the source may not use all
/// of it.
fn allowed(options: &Options) -> TokenStream {
    let unused = match options.root {
        Root::Crate => None,
        Root::Include => Some(quote!(dead_code,)),
    };
    quote! {
        #![allow(#unused deprecated, clippy::duplicated_attributes, clippy::enum_variant_names,
            clippy::large_enum_variant, clippy::module_inception, clippy::upper_case_acronyms)]
    }
}

fn types_file(
    context: &Context<'_>,
    types: &Types,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let mut file = SourceFile::new(options);
    let mut docs = Docs::default();
    docs.own(match context.api.unions.is_empty() {
        true => "Objects and enums that the operations share.",
        false => "Objects, enums and unions that the operations share.",
    });
    file.head(docs, quote!())?;
    for id in &types.objects {
        file.items(Struct::shared(context, *id)?)?;
    }
    for id in &types.enums {
        file.items(StringEnum::new(context, *id)?)?;
    }
    for id in &types.unions {
        file.items(UnionEnum::new(context, *id)?)?;
    }
    let path = format!("{folder}/{}.rs", naming::TYPES_MODULE);
    Ok(GeneratedFile {
        path,
        contents: file.finish(),
    })
}

fn docs(api: &Api) -> Docs {
    let mut docs = Docs::of(&api.id, &api.title);
    docs.paragraph().text(&api.description);
    if let Some(signature) = &api.signature {
        docs.heading("Signature")
            .own("The constants of this module define what is signed, and how.")
            .own(&format!(
                "There `{{uri}}` is: {}",
                sentence(&prose(&signature.uri))
            ));
        docs.list(signature.notes.iter().map(|note| sentence(&prose(note))));
    }
    // Folded, so that the list of the modules is near the top of the page.
    let sources = api.sources.iter().map(|source| {
        let [tag, title, date] = [code(&source.tag), prose(&source.title), prose(&source.date)];
        format!("{tag}: {title} ({date})")
    });
    docs.folded("Sources", sources.collect());
    docs
}
