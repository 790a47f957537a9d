use payspec_runtime::{Json, UnknownObject};

fn main() {
    let json: Json = "{}".parse().expect("JSON");
    let _ = UnknownObject(json);
}
