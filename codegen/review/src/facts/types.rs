//! Collects the facts of types: objects and their fields, enums and their values, unions and their objects.

use super::FactCollector;
use super::unreachable_rules::Held;
use crate::location::Item;
use crate::property::Property;
use payspec_model::format::EnumType;
use payspec_model::model::{Enum, EnumValue, Field, Object, RemovedField, Union, Variant};
use payspec_model::naming;
use payspec_model::value::{TypeName, Value};

impl FactCollector<'_> {
    /// Adds a shared object as a type. What messages may hold is a fact of each place of use.
    pub(super) fn object(&mut self, object: &Object, held: Held) {
        self.members(&object.name, object, held);
    }

    /// Adds the members of an object that Rust sees under its name.
    pub(super) fn members(&mut self, name: &str, object: &Object, held: Held) {
        let Object {
            name: _,
            description,
            fields,
            removed_fields,
            at_least_one_of: _,
            amounts: _,
            quote: _,
            renamed_from,
            deprecated,
            since,
            sources,
            origin,
        } = object;
        let subject = Item::Object(name.to_owned());
        self.push(&subject, Property::Type, true, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.deprecated(&subject, deprecated.as_ref(), *origin);
        self.since(&subject, since.as_ref(), *origin);
        self.sources(&subject, sources, *origin);
        let order: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        let order = (!order.is_empty()).then_some(Value::Order(order));
        self.push_opt(&subject, Property::MemberOrder, order, *origin);
        self.idle_of_object(&subject, object, held);
        for field in fields {
            self.member(name, field, held);
        }
        for RemovedField {
            name: field,
            date,
            note,
            origin,
        } in removed_fields
        {
            let subject = Item::Member(name.to_owned(), field.clone());
            let note = note.as_deref().unwrap_or_default();
            let text = format!("removed {date} {note}");
            self.words(&subject, Property::Lifecycle, text.trim(), *origin);
        }
    }

    /// Adds the facts of a field that hold wherever it is used; rules for messages are facts of
    /// each place of use.
    fn member(&mut self, object: &str, field: &Field, held: Held) {
        let Field {
            name,
            description,
            // Read with the field.
            ty: _,
            // Rules and places for messages are facts of each place of use.
            location: _,
            style: _,
            json_type: _,
            required: _,
            plain,
            nullable: _,
            constraints: _,
            required_when: _,
            forbidden_when: _,
            default: _,
            unknown_limits,
            sensitive,
            renamed_from,
            since,
            deprecated,
            example,
            // Read with the name.
            rust_name: _,
            // Callers do not care how pages are read.
            page_names: _,
            sources,
            origin,
        } = field;
        let subject = Item::Member(object.to_owned(), name.clone());
        self.push(&subject, Property::Member, *plain, *origin);
        let ty = Value::Type(TypeName::of_field(self.api, field));
        self.push(&subject, Property::MemberType, ty, *origin);
        let names = [name.as_str(), field.spelling()];
        self.rust_name(&subject, names, naming::field_name, *origin);
        self.words(&subject, Property::Description, description, *origin);
        let unknown = unknown_limits.iter().map(|&limit| limit.to_owned());
        self.names(&subject, Property::Unknown, unknown, *origin);
        self.idle_of_field(&subject, field, held);
        let sensitive = sensitive.map(|kind| Value::Word(kind.as_str()));
        self.push_opt(&subject, Property::Sensitive, sensitive, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.since(&subject, since.as_ref(), *origin);
        self.deprecated(&subject, deprecated.as_ref(), *origin);
        let example = example.clone().map(Value::Name);
        self.push_opt(&subject, Property::Example, example, *origin);
        self.sources(&subject, sources, *origin);
    }

    /// Adds an enum as a type.
    pub(super) fn enumeration(&mut self, one: &Enum) {
        let Enum {
            name,
            description,
            renamed_from,
            ty,
            open,
            values,
            sources,
            origin,
        } = one;
        let subject = Item::Enum(name.clone());
        self.push(&subject, Property::Type, true, *origin);
        let ty = match ty {
            EnumType::String => "string",
            EnumType::Integer => "integer",
        };
        self.push(&subject, Property::EnumType, Value::Word(ty), *origin);
        self.push(&subject, Property::EnumOpen, *open, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
        for one in values {
            let EnumValue {
                name: value,
                // Read with the name.
                rust_name: _,
                description,
                renamed_from,
                deprecated,
                sources,
                origin,
            } = one;
            let subject = Item::EnumValue(name.clone(), value.clone());
            self.push(&subject, Property::EnumValue, true, *origin);
            let names = [value.as_str(), one.spelling()];
            self.rust_name(&subject, names, naming::variant_name, *origin);
            self.former(&subject, renamed_from.as_ref(), *origin);
            self.words(&subject, Property::Description, description, *origin);
            self.deprecated(&subject, deprecated.as_ref(), *origin);
            self.sources(&subject, sources, *origin);
        }
    }

    /// Adds a union as a type. Its discriminator is a fact of each place of use.
    pub(super) fn union(&mut self, one: &Union) {
        let Union {
            name,
            description,
            renamed_from,
            discriminator,
            open,
            variants,
            sources,
            origin,
        } = one;
        let subject = Item::Union(name.clone());
        self.push(&subject, Property::Type, true, *origin);
        self.push(&subject, Property::UnionOpen, *open, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
        for one in variants {
            let Variant {
                tag,
                ty,
                description,
                // Read with the name.
                rust_name: _,
                origin,
            } = one;
            let subject = Item::UnionObject(name.clone(), tag.clone());
            self.push(&subject, Property::UnionObject, true, *origin);
            let ty = Value::Type(TypeName::of(self.api, ty));
            self.push(&subject, Property::UnionObjectType, ty, *origin);
            // By JSON type, a variant has the name of its type.
            if discriminator.field().is_some() {
                let names = [tag.as_str(), one.spelling()];
                self.rust_name(&subject, names, naming::variant_name, *origin);
            }
            self.words(&subject, Property::Description, description, *origin);
        }
    }
}
