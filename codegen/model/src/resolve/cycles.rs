use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Field, Object};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    /// On the path from the start to the present object.
    Open,
    Done,
}

impl Context<'_> {
    /// Finds objects that require themselves; reports each cycle once.
    pub(super) fn find_endless_types(&mut self) {
        let mut marks = vec![Mark::New; self.objects.len()];
        let mut found = Vec::new();
        for start in 0..self.objects.len() {
            if marks[start] != Mark::New {
                continue;
            }
            // The path so far: each object, with the index of the next field to visit.
            let mut way = vec![(start, 0)];
            marks[start] = Mark::Open;
            while let Some((id, next)) = way.last_mut() {
                let (id, field) = (*id, *next);
                *next += 1;
                let Some(field) = self.objects[id].fields.get(field) else {
                    marks[id] = Mark::Done;
                    way.pop();
                    continue;
                };
                // `null` ends a circle.
                let is_needed = field.required && !field.nullable;
                let Some(target) = field.ty.object().map(|id| id.0).filter(|_| is_needed) else {
                    continue;
                };
                match marks[target] {
                    Mark::New => {
                        marks[target] = Mark::Open;
                        way.push((target, 0));
                    }
                    Mark::Open => found.push(self.circle(&way, target)),
                    Mark::Done => {}
                }
            }
        }
        self.found.extend(found);
    }

    fn circle(&self, way: &[(usize, usize)], target: usize) -> Diagnostic {
        let from = way.iter().position(|(id, _)| *id == target).unwrap_or(0);
        let steps: Vec<(&Object, &Field)> = way[from..]
            .iter()
            .map(|(id, next)| (&self.objects[*id], &self.objects[*id].fields[next - 1]))
            .collect();
        let names = steps
            .iter()
            .map(|(object, field)| format!("{}.{}", object.name, field.name));
        let names = names.collect::<Vec<_>>().join(" → ");
        let message = format!("`{}` contains itself: {names}", self.objects[target].name);
        let mut labels = steps
            .iter()
            .map(|(_, field)| self.map.word_at(field.origin));
        let mut diagnostic = Diagnostic::new(&codes::ENDLESS_TYPE, message)
            .help("make one of these fields optional, a list or a map");
        if let Some(first) = labels.next() {
            diagnostic = diagnostic.at(first, "required");
        }
        labels.fold(diagnostic, |diagnostic, label| {
            diagnostic.also(label, "required")
        })
    }
}
