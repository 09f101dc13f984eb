import Switching
import Testing

@testable import OBS

@Suite("The order of the items on the stage")
struct StageOrderTests {
  private static func shot(_ name: String) -> Shot {
    Shot(name: name, content: .colour(.init(red: 1, green: 2, blue: 3)))
  }
  private static func key(_ name: String) -> ShotKey { ShotKey(layer: String(name.prefix(1)), name: name) }

  /// A stage with the items of both scenes in an order from the bottom, each numbered by its place in `items`.
  private func stage(_ layers: [(String, [String])], items: [String]) -> Stage {
    var stage = Stage(
      show: Show(name: "Test", layers: layers.map { Layer(name: $0, shots: $1.map(Self.shot)) }), home: nil)
    for (id, name) in items.enumerated() {
      stage.stack(id, on: .a)
      if name != "user's" {
        stage.props[Self.key(name)] = Stage.Prop(input: name, isOurs: true, shot: nil, items: [.a: id])
      }
    }
    return stage
  }

  @Test(
    "is the show's, brought about by few moves: a layer's shots lie together, the gone ones lowest, the user's items on top",
    arguments: [
      // Nothing to do.
      ([("T", ["T1"]), ("M", ["M1", "M2"])], ["M2", "M1", "T1"], ["M2", "M1", "T1"], 0),
      // A new file comes to lie in its layer.
      ([("T", ["T1"]), ("M", ["M1", "M2"])], ["M1", "T1", "M2"], ["M2", "M1", "T1"], 1),
      // A file on air that was renamed keeps to its layer.
      ([("T", ["T1"]), ("M", ["M9"])], ["M1", "T1", "M9"], ["M1", "M9", "T1"], 1),
      // The layers have changed places.
      ([("M", ["M1"]), ("T", ["T1", "T2"])], ["M1", "T2", "T1"], ["T2", "T1", "M1"], 2),
      // A layer that the show no longer has.
      ([("T", ["T1"])], ["T1", "X1"], ["X1", "T1"], 1),
      ([("T", ["T1"]), ("M", ["M1"])], ["user's", "T1", "M1"], ["M1", "T1", "user's"], 2),
    ] as [([(String, [String])], [String], [String], Int)])
  func arranged(layers: [(String, [String])], before: [String], after: [String], moves: Int) {
    var stage = stage(layers, items: before)
    let requests = stage.arrange(.a)
    #expect(stage.stacks[.a]?.map { before[$0] } == after)
    #expect(requests.count <= moves)
    #expect(requests.isEmpty == (before == after))
    #expect(stage.arrange(.a).isEmpty)
    // As OBS does it: an item is taken out, and put in at a place.
    var order = Array(before.indices)
    for request in requests {
      guard case .integer(let id)? = request.fields["sceneItemId"],
        case .integer(let index)? = request.fields["sceneItemIndex"]
      else { continue }
      order.removeAll { $0 == id }
      order.insert(id, at: index)
    }
    #expect(order.map { before[$0] } == after)
  }

  @Test("is seen to before a press or a take, and else once all is loaded")
  func when() {
    var stage = stage([("T", ["T1"]), ("M", ["M1"])], items: ["T1", "M1"])
    stage.jobs = [.load(Self.key("M2"))]
    #expect(!stage.wantsOrder(in: .a, for: []))
    #expect(stage.wantsOrder(in: .a, for: [(Self.key("T1"), true)]))
    stage.wanted = .take
    #expect(stage.wantsOrder(in: .a, for: []))
    (stage.wanted, stage.jobs) = (nil, [])
    #expect(stage.wantsOrder(in: .a, for: []))
    _ = stage.arrange(.a)
    #expect(!stage.wantsOrder(in: .a, for: []))
  }
}
