package psycap

import "luotsi/server/web"

// Mount adds the routes.
func Mount(r *web.Router, s *Service) {
	mountInstruments(r, s)
	mountPlans(r, s)
	mountAnswers(r, s)
	mountResults(r, s)
	mountReports(r, s)
	mountExercises(r, s)
	mountGoals(r, s)
}
