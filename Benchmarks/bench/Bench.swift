import ArgumentParser

/// Measures the product: `make bench`.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures the line; each figure is printed as a JSON line.",
    subcommands: [
      LineCommand.self, StagesCommand.self, FloodCommand.self, AllocationsCommand.self, GrowthCommand.self,
      InstructionsCommand.self,
      PressCommand.self, AirCommand.self, ProcessCommand.self, PeerCommand.self, TableCommand.self, FigureCommand.self,
    ])
}
