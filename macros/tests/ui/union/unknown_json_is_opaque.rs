use payspec_runtime::{Json, UnknownJson};

fn main() {
    let json: Json = "{}".parse().expect("JSON");
    let _ = UnknownJson(json);
}
