use crate::errors::Errors;
use syn::{GenericArgument, PathArguments, Type, TypePath};

/// The shape of a field's type. Types are recognised by name, because a macro cannot resolve names.
pub(crate) struct Shape<'a> {
    /// True if the type is an `Option`.
    pub(crate) optional: bool,
    /// True if the type beneath an `Option` is a `Nullable`.
    pub(crate) nullable: bool,
    /// The container beneath an `Option` and a `Nullable`, if it is one.
    pub(crate) container: Option<Container>,
    /// True if a container holds `Option`s: `null` is one of its values.
    pub(crate) holds_null: bool,
    /// The type of the elements or values of the container, beneath their `Option`.
    pub(crate) element: Option<&'a Type>,
    /// The type beneath `Option`.
    pub(crate) present: &'a Type,
    /// The type inside `Option`, `Box`, `Vec` and `Map`.
    pub(crate) leaf: Leaf,
}

/// A type that holds any number of values.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Container {
    /// A `Vec`.
    List,
    /// A `Map`.
    Map,
}

/// A type that is not a wrapper.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Leaf {
    String,
    Integer,
    Boolean,
    Decimal,
    DateTime,
    Date,
    Timestamp,
    Uuid,
    Binary,
    Url,
    Country,
    Currency,
    Json,
    /// Any JSON.
    Any,
    /// Probably an enum or a message.
    Other,
    /// A type that was reported as wrong.
    Wrong,
}

const LEAVES: &[(&str, Leaf)] = &[
    ("String", Leaf::String),
    ("i64", Leaf::Integer),
    ("bool", Leaf::Boolean),
    ("Decimal", Leaf::Decimal),
    ("DateTime", Leaf::DateTime),
    ("Date", Leaf::Date),
    ("EpochSeconds", Leaf::Timestamp),
    ("EpochMillis", Leaf::Timestamp),
    ("Uuid", Leaf::Uuid),
    ("Binary", Leaf::Binary),
    ("Url", Leaf::Url),
    ("Country", Leaf::Country),
    ("Currency", Leaf::Currency),
    ("JsonText", Leaf::Json),
    ("Json", Leaf::Any),
];

/// Types that a field cannot have, with the type to use instead.
const INSTEAD: &[(&[&str], &str)] = &[
    (
        &["f32", "f64"],
        "messages know no floats: take `::payspec_runtime::Decimal`",
    ),
    (
        &[
            "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i128", "isize",
        ],
        "every whole number is an `i64`",
    ),
    (&["str", "char", "Cow"], "every text is a `String`"),
    (
        &["HashMap", "BTreeMap"],
        "an object with free keys is a `::payspec_runtime::Map`",
    ),
];

impl<'a> Shape<'a> {
    /// Returns the shape of the elements or values.
    pub(crate) fn of_element(&self) -> Option<Self> {
        // Wrong types have been reported.
        Some(Shape::of(self.element?, &mut Errors::default()))
    }

    pub(crate) fn of(ty: &'a Type, errors: &mut Errors) -> Self {
        let mut shape = Shape {
            optional: false,
            nullable: false,
            container: None,
            holds_null: false,
            element: None,
            present: ty,
            leaf: Leaf::Wrong,
        };
        let mut ty = ty;
        if let Some(inner) = argument_of("Option", ty) {
            (shape.optional, shape.present, ty) = (true, inner, inner);
        }
        if let Some(inner) = argument_of("Nullable", ty) {
            (shape.nullable, ty) = (true, inner);
        }
        loop {
            if let Some(element) = argument_of("Vec", ty) {
                ty = shape.contain(Container::List, element);
            } else if let Some(value) = argument_of("Map", ty) {
                ty = shape.contain(Container::Map, value);
            } else if let Some(inner) = argument_of("Box", ty) {
                ty = inner;
            } else {
                break;
            }
        }
        shape.leaf = leaf(ty, errors);
        shape
    }

    /// Adds a container, and returns the type of its elements or values that are not `null`.
    fn contain(&mut self, container: Container, element: &'a Type) -> &'a Type {
        self.container.get_or_insert(container);
        let value = argument_of("Option", element);
        self.holds_null |= value.is_some();
        let value = value.unwrap_or(element);
        self.element.get_or_insert(value);
        value
    }
}

fn leaf(ty: &Type, errors: &mut Errors) -> Leaf {
    let word = last_word(ty);
    let error = match ty {
        Type::Path(_) if word == "Option" => Some(
            "`Option` must be outermost, once, or be that of an element or of a value of a map",
        ),
        Type::Path(_) if word == "Nullable" => {
            Some("`Nullable` is the type of a field, or directly beneath its `Option`")
        }
        Type::Path(_) => instead(&word),
        Type::Reference(_) => Some("a message owns its values: take `String`"),
        Type::Array(_) | Type::Slice(_) => Some("every list is a `Vec`"),
        Type::Tuple(_) => Some("messages know no tuples: derive `Message` for a struct"),
        // Other types have no special message; the compiler reports the missing trait.
        _ => None,
    };
    match error {
        Some(error) => {
            errors.on(ty, error);
            Leaf::Wrong
        }
        None if is_foreign(ty) => Leaf::Other,
        None => LEAVES
            .iter()
            .find(|(name, _)| *name == word)
            .map_or(Leaf::Other, |(_, leaf)| *leaf),
    }
}

/// Returns whether a path leads to a type of another module, such as `super::types::Date`, which only shares its name
/// with a type of the runtime.
fn is_foreign(ty: &Type) -> bool {
    let Some(ty) = path(ty) else { return false };
    let mut segments = ty.path.segments.iter();
    let first = segments.next().map(|first| first.ident.to_string());
    let is_qualified = segments.next().is_some();
    let homes = ["payspec_runtime", "std", "alloc", "core"];
    is_qualified && first.is_some_and(|first| !homes.contains(&first.as_str()))
}

fn instead(word: &str) -> Option<&'static str> {
    let row = INSTEAD.iter().find(|(names, _)| names.contains(&word));
    row.map(|(_, error)| *error)
}

/// Returns the last name of a type's path.
pub(super) fn last_word(ty: &Type) -> String {
    match path(ty).and_then(|ty| ty.path.segments.last()) {
        Some(segment) => segment.ident.to_string(),
        None => String::new(),
    }
}

/// Returns `T` of `Wrapper<T>`.
fn argument_of<'a>(wrapper: &str, ty: &'a Type) -> Option<&'a Type> {
    let segment = path(ty)?.path.segments.last()?;
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) if segment.ident == wrapper => {
            match arguments.args.first()? {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns the path of a type. A type that came through another macro is inside an invisible group.
fn path(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Path(path) => Some(path),
        Type::Group(group) => path(&group.elem),
        _ => None,
    }
}
