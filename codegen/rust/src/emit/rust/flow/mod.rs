//! The files of a flow: its states, calls and events as types, its table, its diagram.

mod docs;
mod drive;
mod driven;
mod follow_ups;
mod items;
mod names;
mod shown;
mod signals;
mod table;

use quote::quote;

use self::docs::{docs, tables};
pub(super) use self::drive::Drive;
use self::driven::driven;
pub(super) use self::driven::life_type;
use self::items::{imports, items};
use self::names::Names;
use self::table::table;
use super::context::{Context, spelled};
use super::docs::comment;
use super::file::SourceFile;
use super::{EmitError, Options};
use crate::emit::flow::svg;
use crate::emit::{Comment, GeneratedFile};
use payspec_model::model::Flow;
use payspec_model::naming;

/// Surrounds a diagram in documentation, so that it can be scrolled where the page is narrow.
const SCROLLS: [&str; 2] = [
    "<div style=\"overflow-x:auto\" tabindex=\"0\" role=\"group\" aria-label=\"Diagram of the states\">",
    "</div>",
];

/// Returns the name of a flow's module.
pub(super) fn module(flow: &Flow) -> Result<String, EmitError> {
    spelled(&flow.id, naming::module_name(&flow.id))
}

/// Generates the files of a flow: its module, and the diagram in its documentation.
pub(super) fn files(
    context: &Context<'_>,
    flow: &Flow,
    folder: &str,
    options: &Options,
) -> Result<[GeneratedFile; 2], EmitError> {
    let (api, module) = (context.api, module(flow)?);
    let diagram = format!("{module}.svg");
    let names = Names::new(api, flow)?;
    let mut file = SourceFile::new(options);
    let tables = tables(api, flow, options, folder, &module, &names)?;
    let [open, close] = SCROLLS.map(comment);
    file.head(
        docs(flow),
        quote!(#![doc = #open] #![doc = include_str!(#diagram)] #![doc = #close] #tables),
    )?;
    file.block(imports(&names, options))?;
    for item in items(flow, &names)? {
        file.items(item)?;
    }
    let [numbers, table] = table(flow, &names);
    file.block(numbers)?;
    file.items(table)?;
    if let (Some(cfg_feature), Some(drive)) = (options.client.cfg_feature(), Drive::of(api, flow)) {
        file.items(driven(context, &drive, &names, &cfg_feature)?)?;
    }
    Ok([
        GeneratedFile {
            path: format!("{folder}/{module}.rs"),
            contents: file.finish(),
        },
        GeneratedFile {
            path: format!("{folder}/{diagram}"),
            contents: format!(
                "{}\n{}",
                options.mark().within(Comment::Markup),
                svg(api, flow)
            ),
        },
    ])
}
