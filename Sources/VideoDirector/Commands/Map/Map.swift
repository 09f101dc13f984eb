import ArgumentParser

/// `video-director map`: what each control does, shown, changed and checked.
struct Map: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows, changes, checks and draws mappings.",
    discussion: """
      A mapping is a file that says what each control does. Changes keep its comments, order and blank lines.

      Ends with 0 where it is done; with 1 where it is refused, and for check and diff where something is found; with 2 \
      where check or diff could not look; with 64 where the command line is not understood. With --json what there is to \
      say is on standard output, for scripts; what there is not is left out of it.

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
