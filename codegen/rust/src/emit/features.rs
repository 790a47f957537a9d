//! The cargo features of a generated crate.

use payspec_model::model::Model;
use payspec_model::naming::CLIENT_FEATURE;

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// The name.
    pub name: String,
    /// Names of the features that it enables.
    pub implies: Vec<String>,
    /// True if it is enabled by default.
    pub default: bool,
}

/// Returns the feature that adds clients. It is off by default, because clients have more dependencies.
pub fn client() -> Feature {
    Feature {
        name: CLIENT_FEATURE.to_owned(),
        implies: vec!["payspec-runtime/client".to_owned()],
        default: false,
    }
}

/// Returns the features of a crate for a model, in the model's order: one for each operation and each
/// flow, named by its id. A flow enables its operations.
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
