//! Fields of an incoming message that repeat the request.

use payspec_runtime::{AgreedKind, Case};

use super::{Api, Object, Origin, Type};

/// A field that, when present, must equal the field at the same path of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The path.
    pub path: Vec<String>,
    /// The place in the spec.
    pub origin: Origin,
}

/// A single value that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementPart<'m> {
    /// The path, from the field inwards; empty if the field is a single value itself.
    pub path: Vec<&'m str>,
    /// The kind of comparison.
    pub kind: AgreedKind,
    /// The case of a currency. Codes are compared as they are written, so both sides have the same.
    pub case: Option<Case>,
}

/// The reason why fields cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomparable {
    /// The body has no such field, or it is in a list or a JSON text.
    Missing,
    /// The values have several spellings, or the field is neither a single value nor an object of
    /// single values.
    Kind,
    /// Reports show both values, but this one is sensitive.
    Sensitive,
}

impl Agreement {
    /// Returns the single values of the field in a body.
    ///
    /// # Errors
    ///
    /// When the field cannot be compared.
    pub fn parts<'m>(
        &self,
        api: &'m Api,
        body: &'m Object,
    ) -> Result<Vec<AgreementPart<'m>>, Incomparable> {
        let mut object = Some(body);
        let mut ty = None;
        for name in &self.path {
            let field = object.and_then(|object| object.field(name));
            let field = field.ok_or(Incomparable::Missing)?;
            if field.sensitive.is_some() {
                return Err(Incomparable::Sensitive);
            }
            object = match &field.ty {
                Type::Object(id) => Some(api.object(*id)),
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Any
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Union(_)
                | Type::Json(_) => None,
            };
            ty = Some(&field.ty);
        }
        let mut parts = Vec::new();
        collect(
            api,
            ty.ok_or(Incomparable::Missing)?,
            &mut Vec::new(),
            &mut parts,
        )?;
        Ok(parts)
    }
}

/// Deepest nesting of objects; a deeper one contains itself.
const DEEPEST: usize = 8;

fn collect<'m>(
    api: &'m Api,
    ty: &'m Type,
    path: &mut Vec<&'m str>,
    parts: &mut Vec<AgreementPart<'m>>,
) -> Result<(), Incomparable> {
    let kind = match api.written_as(ty) {
        Type::String | Type::Enum(_) | Type::Country | Type::Currency(_) => AgreedKind::Text,
        Type::Integer => AgreedKind::Integer,
        Type::Decimal => AgreedKind::Decimal,
        Type::Boolean => AgreedKind::Boolean,
        Type::Object(id) if path.len() < DEEPEST => {
            for field in &api.object(*id).fields {
                if field.sensitive.is_some() {
                    return Err(Incomparable::Sensitive);
                }
                path.push(&field.name);
                collect(api, &field.ty, path, parts)?;
                path.pop();
            }
            return Ok(());
        }
        Type::Object(_)
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_)
        | Type::Any => return Err(Incomparable::Kind),
    };
    parts.push(AgreementPart {
        path: path.clone(),
        kind,
        case: ty.currency_case(),
    });
    Ok(())
}
