//! What of a body that comes in must be readable, so that anything follows from it.

use super::{Operation, StatusPlace};

impl Operation {
    /// Paths of the values that decide what the body that comes in means: the status, the code, and the
    /// ids that name the payment. One that is there and cannot be read, or that stands there twice,
    /// leaves the whole message undecided. What single decisions need is not among them: where that
    /// cannot be read, it is absent, and those decisions do not stand.
    pub fn decisive(&self) -> Vec<&[String]> {
        let Some(result) = &self.result else {
            return Vec::new();
        };
        let mut paths: Vec<&[String]> = self.verdict_paths().collect();
        for path in &result.references {
            if !paths.contains(&path.as_slice()) {
                paths.push(path);
            }
        }
        paths
    }

    /// Paths of the status and the code: a message without them cannot be judged at all.
    pub fn verdict_paths(&self) -> impl Iterator<Item = &[String]> {
        let result = self.result.iter();
        let paths = result.flat_map(|result| {
            let status = match &result.status {
                StatusPlace::Field(path) => Some(path),
                StatusPlace::Always(_) => None,
            };
            status.into_iter().chain(&result.code)
        });
        paths.map(Vec::as_slice)
    }
}
