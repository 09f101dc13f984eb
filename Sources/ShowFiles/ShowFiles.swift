// ShowFiles
