//! Adds a parameter with what the line of its name declares.

use payspec_runtime::Pointer;

use super::Reader;
use crate::facts::{Aspect, Children, Parameter, Requirement, Stated, TypeKind};
use crate::field::FieldLine;
use crate::text::norm;

impl Reader<'_> {
    /// Adds a parameter, and returns its index.
    pub(super) fn add(&mut self, item: usize, parent: Option<usize>, mut line: FieldLine) -> usize {
        let parent = self.parent_by_name(item, parent, &mut line);
        let parent = self.not_too_deep(parent);
        let at = self.items.get(item).map_or(0, |item| item.line);
        let list = &mut self.read.parameters;
        let index = list.len();
        self.read.in_parentheses |= line.in_parentheses;
        let declared = line.declared;
        let above = parent.and_then(|parent| list.get_mut(parent));
        let (mut path, depth) = match above {
            Some(above) => {
                above.children = Some(Children::Shown);
                let is_array = above.ty.as_ref().map(|ty| ty.value.kind) == Some(TypeKind::Array);
                let each = if is_array { "/*" } else { "" };
                (format!("{}{each}", above.path), above.depth + 1)
            }
            None => (String::new(), 0),
        };
        let name = line.name.as_deref().unwrap_or(&line.printed);
        path.push('/');
        path.push_str(&Pointer::escape(name));
        let siblings = self.siblings.entry(parent).or_default();
        let position = *siblings;
        *siblings += 1;
        let bare = path.replace("/*", "");
        self.bare_paths.push(bare.clone());
        self.paths.insert(bare, index);
        self.titles.add(norm(name), index);
        let stated = |value| Stated { value, line: at };
        let parameter = Parameter {
            path,
            position,
            name_as_printed: line.printed,
            name: line.name,
            line: at,
            end_line: at,
            depth,
            parent,
            ty: declared.ty.map(|value| Stated { value, line: at }),
            required: stated(declared.required.unwrap_or(
                if !self.tables.is_empty() || self.cells_apart {
                    Requirement::Unstated
                } else {
                    Requirement::Optional
                },
            )),
            min_length: declared.min_length.map(|value| Stated { value, line: at }),
            max_length: declared.max_length.map(|value| Stated { value, line: at }),
            range: declared.range.map(|value| Stated { value, line: at }),
            min_items: declared.min_items.map(|value| Stated { value, line: at }),
            max_items: declared.max_items.map(|value| Stated { value, line: at }),
            multiple_of: None,
            unique_items: None,
            format: None,
            values: None,
            default: None,
            conditions: Vec::new(),
            idempotency: None,
            deprecated: None,
            description: None,
            notes: Vec::new(),
            children: None,
            guesses: declared.guesses,
        };
        let subject = self.owner.subject(index);
        self.mark_unknown(item, line.unknown.as_deref());
        let mut states = |aspect| self.annotations.fact(item, subject, aspect);
        states(Aspect::Name);
        states(Aspect::Required);
        for (aspect, stated) in [
            (Aspect::Type, parameter.ty.is_some()),
            (Aspect::MinLength, parameter.min_length.is_some()),
            (Aspect::MaxLength, parameter.max_length.is_some()),
            (Aspect::MaxItems, parameter.max_items.is_some()),
            (Aspect::Range, parameter.range.is_some()),
            (Aspect::MinItems, parameter.min_items.is_some()),
        ] {
            if stated {
                states(aspect);
            }
        }
        self.read.parameters.push(parameter);
        index
    }

    /// Marks the words of a declaration that are not understood.
    pub(super) fn mark_unknown(&mut self, item: usize, unknown: Option<&str>) {
        let text = self.items.get(item).map_or("", |item| item.text.as_str());
        for word in unknown.unwrap_or_default().split_whitespace() {
            if let Some(at) = text.rfind(word) {
                self.annotations.unknown(item, at..at + word.len());
            }
        }
    }
}
