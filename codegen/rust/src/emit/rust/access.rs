//! Expressions that read a value inside a body.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::EmitError;
use super::context::{Context, field_ident};
use payspec_model::model::{Object, ObjectId, Type};

/// An expression for the value at a path.
pub(super) struct Access<'a> {
    /// The expression.
    pub(super) place: Place,
    /// The type of the value.
    pub(super) ty: &'a Type,
}

/// An expression for a value that may be absent on the way.
pub(super) enum Place {
    /// The value is always present: the expression names it.
    Always(TokenStream),
    /// The value may be absent: the expression is an `Option` of a reference to it; for a text, an
    /// `Option<&str>`.
    Perhaps(TokenStream),
}

impl<'a> Access<'a> {
    /// Makes the access from `self`, a body, along a path; [`None`] if the path leads through a list or
    /// a JSON text, or nowhere.
    pub(super) fn new(
        context: &Context<'a>,
        body: &'a Object,
        path: &[String],
    ) -> Result<Option<Self>, EmitError> {
        Self::walk(context, quote!(self), (body, None), path)
    }

    /// Makes the access from an expression that is a reference to a body, in the same way.
    pub(super) fn rooted(
        context: &Context<'a>,
        root: TokenStream,
        body: &'a Object,
        path: &[String],
    ) -> Result<Option<Self>, EmitError> {
        Self::walk(context, root, (body, None), path)
    }

    /// Makes the access from a variable that holds a shared object, in the same way.
    pub(super) fn inside(
        context: &Context<'a>,
        variable: &Ident,
        id: ObjectId,
        path: &[String],
    ) -> Result<Option<Self>, EmitError> {
        let object = context.api.object(id);
        Self::walk(context, quote!(#variable), (object, Some(id)), path)
    }

    fn walk(
        context: &Context<'a>,
        root: TokenStream,
        start: (&'a Object, Option<ObjectId>),
        path: &[String],
    ) -> Result<Option<Self>, EmitError> {
        let mut place = Place::Always(root);
        let mut object = Some(start);
        let mut found = None;
        for name in path {
            let Some((holder, id)) = object else {
                return Ok(None);
            };
            let Some(index) = holder.fields.iter().position(|field| field.name == *name) else {
                return Ok(None);
            };
            let field = &holder.fields[index];
            let boxed = id.is_some_and(|id| context.is_boxed(id, index));
            let ident = field_ident(field)?;
            let step = Step {
                ident: &ident,
                ty: &field.ty,
                boxed,
                nullable: field.nullable,
            };
            place = match (place, field.plain) {
                (Place::Always(holder), true) if field.nullable => {
                    Place::Perhaps(step.not_null(&holder))
                }
                (Place::Always(holder), true) => Place::Always(quote!(#holder.#ident)),
                (Place::Always(holder), false) => Place::Perhaps(step.optional(&holder)),
                (Place::Perhaps(outer), true) if field.nullable => {
                    let inner = step.not_null(&quote!(holder));
                    Place::Perhaps(quote!(#outer.and_then(|holder| #inner)))
                }
                (Place::Perhaps(outer), true) => {
                    let inner = step.borrowed(&quote!(holder));
                    Place::Perhaps(quote!(#outer.map(|holder| #inner)))
                }
                (Place::Perhaps(outer), false) => {
                    let inner = step.optional(&quote!(holder));
                    Place::Perhaps(quote!(#outer.and_then(|holder| #inner)))
                }
            };
            object = object_of(&field.ty).map(|id| (context.api.object(id), Some(id)));
            found = Some(&field.ty);
        }
        Ok(found.map(|ty| Access { place, ty }))
    }

    /// Returns the value as `Option<&str>`, if it is a text of any form or an enum.
    pub(super) fn text(&self) -> Option<TokenStream> {
        Some(match (&self.place, Text::of(self.ty)?) {
            (Place::Always(place), _) => quote!(Some(#place.as_str())),
            (Place::Perhaps(place), Text::Any) => place.clone(),
            (Place::Perhaps(place), Text::Word) => quote!(#place.map(|word| word.as_str())),
        })
    }

    /// Returns the value as `&str`, empty if it is absent.
    pub(super) fn text_or_empty(&self) -> Option<TokenStream> {
        Some(match (&self.place, Text::of(self.ty)?) {
            (Place::Always(place), _) => quote!(#place.as_str()),
            (Place::Perhaps(place), Text::Any) => quote!(#place.unwrap_or_default()),
            (Place::Perhaps(place), Text::Word) => quote!(#place.map_or("", |word| word.as_str())),
        })
    }

    /// Returns a condition: a payer may be sent to the address, if there is one.
    pub(super) fn may_be_opened(&self) -> TokenStream {
        match &self.place {
            Place::Always(place) => quote!(#place.may_be_opened()),
            Place::Perhaps(place) => quote!(#place.is_none_or(|value| value.may_be_opened())),
        }
    }

    /// Returns a condition: the value is present and usable, so not an empty text or list, and not an
    /// invalid address. [`None`] if it always is.
    pub(super) fn is_usable(&self) -> Option<TokenStream> {
        let value = quote!(value);
        let (place, optional) = match &self.place {
            Place::Always(place) => (place, false),
            Place::Perhaps(place) => (place, true),
        };
        let seen = if optional { &value } else { place };
        let usable = match self.ty {
            Type::String | Type::List(_) | Type::Map(_) => Some(quote!(!#seen.is_empty())),
            Type::Url => Some(quote!(#seen.is_well_formed())),
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        };
        match (optional, usable) {
            (false, usable) => usable,
            (true, None) => Some(quote!(#place.is_some())),
            (true, Some(usable)) => Some(quote!(#place.is_some_and(|#value| #usable))),
        }
    }
}

/// One field on the path.
struct Step<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    boxed: bool,
    nullable: bool,
}

impl Step<'_> {
    /// Returns an optional field of a holder, as an `Option` of a reference.
    fn optional(&self, holder: &TokenStream) -> TokenStream {
        let ident = self.ident;
        if self.nullable {
            let view = self.view();
            quote!(#holder.#ident.as_ref().and_then(::payspec_runtime::Nullable::#view))
        } else if self.boxed || *self.ty == Type::String {
            quote!(#holder.#ident.as_deref())
        } else {
            quote!(#holder.#ident.as_ref())
        }
    }

    /// Returns a required field of a holder that may be `null`, as an `Option` of a reference.
    fn not_null(&self, holder: &TokenStream) -> TokenStream {
        let (ident, view) = (self.ident, self.view());
        quote!(#holder.#ident.#view())
    }

    /// Returns the method that returns the value of a field that may be `null`.
    fn view(&self) -> Ident {
        let name = match self.boxed || *self.ty == Type::String {
            true => "as_deref",
            false => "as_option",
        };
        Ident::new(name, Span::call_site())
    }

    /// Returns a required field of a holder, as a reference.
    fn borrowed(&self, holder: &TokenStream) -> TokenStream {
        let ident = self.ident;
        if *self.ty == Type::String {
            quote!(#holder.#ident.as_str())
        } else {
            quote!(&#holder.#ident)
        }
    }
}

/// The types with an `as_str`.
enum Text {
    Any,
    Word,
}

impl Text {
    fn of(ty: &Type) -> Option<Text> {
        match ty {
            Type::String => Some(Text::Any),
            Type::Enum(_) => Some(Text::Word),
            Type::Integer
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
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }
}

/// Returns the object that a path can continue into.
fn object_of(ty: &Type) -> Option<ObjectId> {
    if let Type::Object(id) = ty {
        Some(*id)
    } else {
        None
    }
}
