import ArgumentParser
import ShowFiles

/// `video-director map schema`: for editors with YAML support.
struct MapSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema of mappings, for editors with YAML support.",
    discussion: """
      An editor that uses the YAML language server takes it from the mapping's first line: \
      # yaml-language-server: $schema=./mapping.schema.json

        video-director map schema > mapping.schema.json
      """)

  @Option(help: "The surface whose controls are known.")
  var surface = "korg-nanokontrol2"

  @Flag(help: "Print JSON, which the schema is in any case.")
  var json = false

  func run() throws { Screen.print(MappingSchema.text(for: try Library().surface(named: surface))) }
}
