//! Cargo features of generated items.

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use payspec_model::model::{Api, EnumId, ObjectId, Operation, ReachableTypes, UnionId};

/// `#[cfg(feature = …)]`: an item exists if one of these features is enabled; with an empty list,
/// always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CfgFeature(Vec<String>);

impl ToTokens for CfgFeature {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.0.as_slice() {
            [] => {}
            [one] => tokens.extend(quote!(#[cfg(feature = #one)])),
            many => tokens.extend(quote!(#[cfg(any(#(feature = #many),*))])),
        }
    }
}

/// The features of an API's items; empty unless they were requested.
#[derive(Default)]
pub(super) struct CfgFeatures {
    operations: Vec<CfgFeature>,
    flows: Vec<CfgFeature>,
    types: CfgFeature,
    objects: Vec<CfgFeature>,
    enums: Vec<CfgFeature>,
    unions: Vec<CfgFeature>,
}

impl CfgFeatures {
    /// Makes one feature for each operation. The module of the shared types exists with any of them,
    /// each type with the operations that reach it.
    pub(super) fn by_operation(api: &Api) -> Self {
        let reach = |operation: &Operation| api.reach_of_bodies(operation.bodies());
        let reaches: Vec<(&str, ReachableTypes)> = api
            .operations
            .iter()
            .map(|operation| (operation.id.as_str(), reach(operation)))
            .collect();
        let object_ids = (0..api.objects.len()).map(ObjectId);
        let enum_ids = (0..api.enums.len()).map(EnumId);
        let union_ids = (0..api.unions.len()).map(UnionId);
        // Types that no operation reaches always exist, with all the types inside them.
        let is_stray = |id: &ObjectId| !reaches.iter().any(|(_, one)| one.objects.contains(id));
        let strays = object_ids.clone().filter(is_stray);
        let kept = api.reach(strays.map(|id| api.object(id)));
        let cfg_feature = |is_in: &dyn Fn(&ReachableTypes) -> bool| {
            let reaching = reaches.iter().filter(|(_, one)| is_in(one));
            let names: Vec<String> = reaching.map(|(name, _)| (*name).to_owned()).collect();
            // Types that all operations reach need no feature beyond that of the module.
            let is_gated = names.len() < reaches.len() && !is_in(&kept);
            CfgFeature(if is_gated { names } else { Vec::new() })
        };
        CfgFeatures {
            operations: reaches
                .iter()
                .map(|(name, _)| CfgFeature(vec![(*name).to_owned()]))
                .collect(),
            flows: api
                .flows
                .iter()
                .map(|flow| CfgFeature(vec![flow.id.clone()]))
                .collect(),
            types: CfgFeature(reaches.iter().map(|(name, _)| (*name).to_owned()).collect()),
            objects: object_ids
                .map(|id| cfg_feature(&|reach| reach.objects.contains(&id)))
                .collect(),
            enums: enum_ids
                .map(|id| cfg_feature(&|reach| reach.enums.contains(&id)))
                .collect(),
            unions: union_ids
                .map(|id| cfg_feature(&|reach| reach.unions.contains(&id)))
                .collect(),
        }
    }

    /// Returns the features of an operation, by its index in the API.
    pub(super) fn operation(&self, index: usize) -> CfgFeature {
        self.operations.get(index).cloned().unwrap_or_default()
    }

    /// Returns the features of a flow, by its index in the API.
    pub(super) fn flow(&self, index: usize) -> CfgFeature {
        self.flows.get(index).cloned().unwrap_or_default()
    }

    /// Returns the features of the module of the shared types.
    pub(super) fn types(&self) -> CfgFeature {
        self.types.clone()
    }

    /// Returns the features of a shared object.
    pub(super) fn object(&self, id: ObjectId) -> CfgFeature {
        self.objects.get(id.0).cloned().unwrap_or_default()
    }

    /// Returns the features of a union.
    pub(super) fn union(&self, id: UnionId) -> CfgFeature {
        self.unions.get(id.0).cloned().unwrap_or_default()
    }

    /// Returns the features of an enum.
    pub(super) fn enumeration(&self, id: EnumId) -> CfgFeature {
        self.enums.get(id.0).cloned().unwrap_or_default()
    }
}
