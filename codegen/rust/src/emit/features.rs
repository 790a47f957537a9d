//! The cargo features of a generated crate: what is compiled only for those who ask for it.

use payspec_model::model::Model;
use payspec_model::naming::CLIENT_FEATURE;

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// The name.
    pub name: String,
    /// Names of the features that it turns on.
    pub implies: Vec<String>,
    /// True if it is on by default.
    pub default: bool,
}

/// The feature that adds clients, which is off by default: it brings in what a client depends on.
pub fn client() -> Feature {
    Feature {
        name: CLIENT_FEATURE.to_owned(),
        implies: vec!["payspec-runtime/client".to_owned()],
        default: false,
    }
}

/// The features of a crate that holds a model, in the model's order: one for each operation and
/// each flow, with its id as its name. A flow turns on the operations that it speaks of.
pub fn features(model: &Model) -> Vec<Feature> {
    let mut features = Vec::new();
    for api in &model.apis {
        features.extend(api.operations.iter().map(|operation| Feature {
            name: operation.id.clone(),
            implies: Vec::new(),
            default: true,
        }));
        features.extend(api.flows.iter().map(|flow| Feature {
            name: flow.id.clone(),
            implies: flow.operations().into_iter().map(str::to_owned).collect(),
            default: true,
        }));
    }
    features
}
