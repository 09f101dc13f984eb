import ArgumentParser

/// `video-director map`: what each control does, shown, changed and checked.
struct Map: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows, changes, checks and draws mappings.",
    discussion: """
      A mapping is a file that says what each control does. Changes keep its comments, order and blank lines.

        video-director map list
        video-director map set my.yaml solo-1 scene "Camera 1" preview
        video-director map check my.yaml --switcher obs://localhost
        video-director map picture my.yaml -o my.pdf
      """,
    subcommands: [
      MapList.self, MapShow.self, MapSet.self, MapUnset.self, MapMove.self, MapCopy.self, MapSwap.self,
      MapLearn.self, MapCheck.self, MapNew.self, MapDiff.self, MapPicture.self, MapActions.self, MapControls.self,
      MapSchema.self, MapImport.self,
    ])
}
