//! The facts about a generated crate that its own manifest states.

/// The package of a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name, as other manifests write it.
    pub name: String,
    /// The version.
    pub version: String,
    /// The crates that examples can use.
    pub examples: ExampleCrates,
}

/// The crates beyond its dependencies that the examples of a generated crate can use. An example that needs
/// another one is shown, but not compiled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExampleCrates {
    /// `payspec-runtime` with its feature `ureq`.
    pub ureq: bool,
    /// `payspec-runtime` with its feature `reqwest`.
    pub reqwest: bool,
    /// `payspec-mock` and `payspec-model`.
    pub mock: bool,
}
