package shop;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

@InUnitOfWork
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class UnitOfWorkInterceptor {

    @Inject
    Databases databases;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return call.proceed();
        }
    }
}
