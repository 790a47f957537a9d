//! Reads objects of copies that show no depth.

use crate::{Base, Profile, read_with};

/// The fields of objects that a copy shows without any depth, and the guesses about them.
fn flat(fields: &str, example: &str) -> Vec<String> {
    let page = format!("Request parameters\n{fields}\nSample code\nRequest\n{example}\n");
    let page = read_with(&page, Profile::shipped(Base::BuiltIn)).expect("a page");
    let written = |one: &crate::Parameter| {
        let unsure = if one.guesses.is_empty() { "" } else { " ?" };
        format!("{}{unsure}", one.path)
    };
    page.operations[0].request.iter().map(written).collect()
}

const FLAT: &str = "\
order Order object REQUIRED
What is bought.
Hide child parameters
orderId String REQUIRED
The number of the order.
orderAmount Amount object REQUIRED
How much it costs.
Hide child parameters
currency String REQUIRED
value String REQUIRED
orderDescription String
What it is.
notifyUrl URL REQUIRED
Where the outcome is reported.
payAmount Amount object REQUIRED
How much is paid.
Hide child parameters
currency String REQUIRED
value String REQUIRED
memo String
A remark.";

#[test]
fn examples_show_where_flat_objects_end() {
    let example = r#"{
"order": { "orderId": "1", "orderDescription": "A strap",
"orderAmount": { "currency": "USD", "value": "100" } },
"notifyUrl": "https://shop.example/notify",
"payAmount": { "currency": "USD", "value": "100" },
"memo": "Thanks"
}"#;
    assert_eq!(
        flat(FLAT, example),
        [
            "/order",
            "/order/orderId",
            "/order/orderAmount",
            "/order/orderAmount/currency",
            "/order/orderAmount/value",
            "/order/orderDescription",
            "/notifyUrl",
            "/payAmount",
            "/payAmount/currency",
            "/payAmount/value",
            "/memo",
        ]
    );
}

#[test]
fn the_end_of_a_flat_object_is_unsure_without_an_example() {
    let found = flat(FLAT, "{}");
    assert_eq!(
        found[..3],
        ["/order", "/order/orderId ?", "/order/orderAmount ?"]
    );
    assert!(
        found.iter().skip(1).all(|one| one.ends_with('?')),
        "{found:?}"
    );
    // Fields that the example lacks stay where the label puts them.
    let found = flat(FLAT, r#"{ "order": { "orderId": "1" }, "notifyUrl": "x" }"#);
    assert!(found.contains(&"/order/orderId".to_owned()), "{found:?}");
    assert!(found.contains(&"/notifyUrl".to_owned()), "{found:?}");
}

#[test]
fn headings_of_one_level_are_nested_by_their_labels() {
    let page = "\
### Request parameters

#### order Order object REQUIRED

What is bought.

Hide child parameters

#### orderId String REQUIRED

The number of the order.

#### notifyUrl URL REQUIRED

Where the outcome is reported.

### Sample code

Request

```json
{ \"order\": { \"orderId\": \"1\" }, \"notifyUrl\": \"x\" }
```
";
    let page = read_with(page, Profile::shipped(Base::BuiltIn)).expect("a page");
    let paths = page.operations[0]
        .request
        .iter()
        .map(|one| one.path.as_str());
    assert_eq!(
        paths.collect::<Vec<_>>(),
        ["/order", "/order/orderId", "/notifyUrl"]
    );
}
