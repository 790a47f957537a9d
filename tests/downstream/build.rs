fn main() -> Result<(), payspec_codegen::build::BuildError> {
    payspec_codegen::build::Builder::new().spec("spec").generate()?;
    Ok(())
}
