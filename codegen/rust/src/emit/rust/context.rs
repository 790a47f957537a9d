//! Data that the emitters of one API share: the Rust names of its types, and the fields that need a
//! box.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::cfg::CfgFeatures;
use super::docs::Docs;
use super::{EmitError, Options};
use payspec_model::model::{Api, Element, EnumId, Epoch, Field, ObjectId, Purposes, Type, UnionId};
use payspec_model::naming;

/// An API with its Rust names.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    objects: Vec<Ident>,
    enums: Vec<Ident>,
    unions: Vec<Ident>,
    boxed: BTreeSet<(usize, usize)>,
    pub(super) cfg_features: CfgFeatures,
    pub(super) purposes: Purposes<'a>,
    has_comments: bool,
}

/// The module that a type is named in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The module of the shared types.
    Types,
    /// The module of an operation.
    Operation,
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, options: &Options) -> Result<Self, EmitError> {
        let name = |name: &str| Ok(naming::ident(&spelled(name, naming::type_name(name))?));
        Ok(Context {
            api,
            objects: api
                .objects
                .iter()
                .map(|o| name(&o.name))
                .collect::<Result<_, EmitError>>()?,
            enums: api
                .enums
                .iter()
                .map(|e| name(&e.name))
                .collect::<Result<_, EmitError>>()?,
            unions: api
                .unions
                .iter()
                .map(|one| name(&one.name))
                .collect::<Result<_, EmitError>>()?,
            boxed: boxed_fields(api),
            cfg_features: match options.operation_features {
                true => CfgFeatures::by_operation(api),
                false => CfgFeatures::default(),
            },
            purposes: api.purposes(),
            has_comments: true,
        })
    }

    /// Makes a context for code that is compared, and not printed: it has no comments.
    pub(super) fn without_comments(api: &'a Api, options: &Options) -> Result<Self, EmitError> {
        let context = Self::new(api, options)?;
        Ok(Context {
            has_comments: false,
            ..context
        })
    }

    /// Returns whether the code has comments.
    pub(super) const fn has_comments(&self) -> bool {
        self.has_comments
    }

    /// Makes the documentation of an item, which is costly, if the code has comments.
    pub(super) fn docs(&self, make: impl FnOnce() -> Docs) -> Docs {
        if self.has_comments {
            make()
        } else {
            Docs::default()
        }
    }

    /// Returns the name of a shared object.
    pub(super) fn object(&self, id: ObjectId) -> &Ident {
        &self.objects[id.0]
    }

    /// Returns the name of an enum.
    pub(super) fn enumeration(&self, id: EnumId) -> &Ident {
        &self.enums[id.0]
    }

    /// Returns the name of a union.
    pub(super) fn union(&self, id: UnionId) -> &Ident {
        &self.unions[id.0]
    }

    /// Returns whether the field of a shared object, by its index, is boxed.
    pub(super) fn is_boxed(&self, object: ObjectId, field: usize) -> bool {
        self.boxed.contains(&(object.0, field))
    }

    /// Returns the Rust type of a value.
    pub(super) fn value_type(&self, ty: &Type, scope: Scope) -> TokenStream {
        match ty {
            Type::String => quote!(String),
            Type::Integer => quote!(i64),
            Type::Decimal => quote!(::payspec_runtime::Decimal),
            Type::Boolean => quote!(bool),
            Type::DateTime => quote!(::payspec_runtime::DateTime),
            Type::Date => quote!(::payspec_runtime::Date),
            Type::Timestamp(Epoch::Seconds) => quote!(::payspec_runtime::EpochSeconds),
            Type::Timestamp(Epoch::Millis) => quote!(::payspec_runtime::EpochMillis),
            Type::Uuid => quote!(::payspec_runtime::Uuid),
            Type::Binary => quote!(::payspec_runtime::Binary),
            Type::Url => quote!(::payspec_runtime::Url),
            Type::Country => quote!(::payspec_runtime::Country),
            Type::Currency(_) => quote!(::payspec_runtime::Currency),
            Type::Any => quote!(::payspec_runtime::Json),
            Type::Enum(id) => scope.path(self.enumeration(*id)),
            Type::Object(id) => scope.path(self.object(*id)),
            Type::Union(id) => scope.path(self.union(*id)),
            Type::List(element) => {
                let element = self.element_type(element, scope);
                quote!(Vec<#element>)
            }
            Type::Map(map) => {
                let values = self.element_type(&map.values, scope);
                quote!(::payspec_runtime::Map<#values>)
            }
            Type::Json(id) => {
                let content = scope.path(self.object(*id));
                quote!(::payspec_runtime::JsonText<#content>)
            }
        }
    }

    fn element_type(&self, element: &Element, scope: Scope) -> TokenStream {
        let value = self.value_type(&element.ty, scope);
        match element.nullable {
            true => quote!(Option<#value>),
            false => value,
        }
    }
}

impl Scope {
    fn path(self, ident: &Ident) -> TokenStream {
        match self {
            Scope::Types => quote!(#ident),
            Scope::Operation => quote!(super::types::#ident),
        }
    }
}

/// Returns a spelling, or an error with the name that has none.
pub(super) fn spelled(
    name: &str,
    spelling: Result<String, naming::NameError>,
) -> Result<String, EmitError> {
    spelling.map_err(|reason| EmitError::Name {
        name: name.to_owned(),
        reason,
    })
}

/// Returns the name of a field in Rust.
pub(super) fn field_ident(field: &Field) -> Result<Ident, EmitError> {
    let name = naming::field_name(field.spelling());
    Ok(naming::ident(&spelled(&field.name, name)?))
}

/// Returns the fields that close a cycle of objects: in a walk from object to object, those that lead
/// back to an object on the path. Without them no object contains itself. A cycle through a union leads through a list or
/// map as well.
fn boxed_fields(api: &Api) -> BTreeSet<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Inside,
        Done,
    }
    let mut marks = vec![Mark::New; api.objects.len()];
    let mut boxed = BTreeSet::new();
    for start in 0..api.objects.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Inside;
        // The objects on the path, each with the next field to visit.
        let mut walk = vec![(start, 0)];
        while let Some((object, next)) = walk.last_mut() {
            let (object, field) = (*object, *next);
            *next += 1;
            let Some(target) = api.objects[object].fields.get(field).map(|f| f.ty.object()) else {
                marks[object] = Mark::Done;
                walk.pop();
                continue;
            };
            let Some(ObjectId(target)) = target else {
                continue;
            };
            match marks[target] {
                Mark::New => {
                    marks[target] = Mark::Inside;
                    walk.push((target, 0));
                }
                Mark::Inside => {
                    boxed.insert((object, field));
                }
                Mark::Done => {}
            }
        }
    }
    boxed
}
