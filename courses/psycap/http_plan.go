package psycap

import "luotsi/server/web"

func mountPlans(_ *web.Router, _ *Service) {}
