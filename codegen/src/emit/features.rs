//! The cargo features of a generated crate: what is compiled only for those who ask for it.

use crate::model::Model;

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Names of the features that it turns on.
    pub implies: Vec<String>,
}

/// The features of a crate that holds a model, in the model's order: one for each operation, with
/// the operation's id as its name.
pub fn features(model: &Model) -> Vec<Feature> {
    let operations = model.apis.iter().flat_map(|api| &api.operations);
    operations
        .map(|operation| Feature {
            name: operation.id.clone(),
            implies: Vec::new(),
        })
        .collect()
}
