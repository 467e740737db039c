package psycap

import "luotsi/server/journal"

// ExerciseBegun says that somebody began an exercise. Run is one time of doing it.
type ExerciseBegun struct {
	Run      string `bson:"run"`
	Person   string `bson:"person"`
	Exercise string `bson:"exercise"`
	Version  string `bson:"version"`
}

// ExerciseStepDone says that a step is done; Easier, that it was the easier variant.
type ExerciseStepDone struct {
	Run    string `bson:"run"`
	Person string `bson:"person"`
	Step   string `bson:"step"`
	Easier bool   `bson:"easier,omitempty"`
}

// ExerciseFinished says that a run is done. Text is the vault id of what was written, as JSON.
type ExerciseFinished struct {
	Run    string `bson:"run"`
	Person string `bson:"person"`
	Text   string `bson:"text"`
}

// ExerciseSetAside says that somebody leaves a run for another time. It is no failure, and not counted as one.
type ExerciseSetAside struct {
	Run    string `bson:"run"`
	Person string `bson:"person"`
}

// ExerciseDeleted says that somebody deleted a run with what they wrote.
type ExerciseDeleted struct {
	Run    string `bson:"run"`
	Person string `bson:"person"`
}

// ExercisesRefused says whether somebody wants to be shown exercises at all.
type ExercisesRefused struct {
	Person  string `bson:"person"`
	Refused bool   `bson:"refused"`
}

func exerciseEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ExerciseBegun]("psycap.exercise_begun"),
		journal.Define[ExerciseStepDone]("psycap.exercise_step_done"),
		journal.Define[ExerciseFinished]("psycap.exercise_finished"),
		journal.Define[ExerciseSetAside]("psycap.exercise_set_aside"),
		journal.Define[ExerciseDeleted]("psycap.exercise_deleted"),
		journal.Define[ExercisesRefused]("psycap.exercises_refused"),
	}
}
