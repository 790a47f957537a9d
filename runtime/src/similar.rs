//! Suggestions for misspelled words.
//!
//! `payspec-macros` includes this file, because it cannot depend on this crate: it uses nothing else of it.

/// Returns the candidate that is most similar to a word, if one is similar enough. Letter case and
/// separators do not count.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let limit = match folded.len() {
        0 => return None,
        1..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == word {
            continue;
        }
        let other = fold(candidate);
        if other.len().abs_diff(folded.len()) > limit {
            continue;
        }
        let distance = distance(&folded, &other);
        if distance <= limit && distance < other.len() && best.is_none_or(|(b, _)| distance < b) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Removes case and separators, which writers confuse most often, so that they cost nothing.
fn fold(word: &str) -> Vec<char> {
    let letters = word.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    letters.flat_map(char::to_lowercase).take(64).collect()
}

/// Counts the edits between two words: insertion, deletion, replacement, swap of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = last.clone();
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn names_the_nearest_word_only_when_it_is_near() {
        let names = ["orderAmount", "env"];
        assert_eq!(closest("order_amuont", names), Some("orderAmount"));
        assert_eq!(closest("colour", names), None);
        let words = ["min_length", "max_length", "pattern"];
        assert_eq!(closest("maxLength", words), Some("max_length"));
        assert_eq!(closest("patern", words), Some("pattern"));
        assert_eq!(closest("pattern", words), None);
    }
}
